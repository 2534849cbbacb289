"""The film of the programme's page: a file players and our own page of the programme take."""

from PIL import Image

from demo.film import Cast, make_film
from demo.reel import Shot, _inside, as_mp4
from editors.programme.films import keep_captions, keep_film


def test_pictures_become_a_film_that_lasts_as_long_as_they_stand():
    shots = [
        Shot(Image.new("RGB", (64, 48), colour), stands) for colour, stands in (("red", 80), ("blue", 900))
    ]
    film = as_mp4(shots)
    assert film[4:12] == b"ftypisom"
    assert int.from_bytes(_inside(film, b"moov", b"mvhd")[16:20], "big") == 980
    table = _inside(film, b"moov", b"trak", b"mdia", b"minf", b"stbl")
    begins = int.from_bytes(_inside(table, b"stco")[8:12], "big")
    assert film[begins - 4 : begins] == b"mdat"
    lengths = _inside(table, b"stsz")[12:]
    assert len(film) - begins == sum(int.from_bytes(lengths[at : at + 4], "big") for at in (0, 4))


def test_the_page_of_the_programme_takes_the_film_and_its_captions(app, monkeypatch):
    monkeypatch.setattr("demo.film._shots", lambda scenes: [Shot(scene.at(1), 80) for scene in scenes])
    cloth = Image.new("RGBA", (48, 64), "navy")
    film = make_film(Cast(rail=[cloth], layers=[cloth] * 3, looks=[cloth] * 3))
    with app.app_context():
        assert keep_film(film.video).endswith(".mp4")
        assert keep_captions(film.captions).endswith(".vtt")
    english, italian = (text.decode().split("\n\n")[1:] for text in (film.captions, film.captions_it))
    assert [one.splitlines()[0] for one in english] == [one.splitlines()[0] for one in italian]
    assert len(english) == 6
