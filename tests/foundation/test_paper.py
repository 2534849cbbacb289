"""What is printed keeps the letters of those it is for."""

from foundation.paper import FACE, MISSING, is_printable, printable, sheet
from tests.paper import letters_on

PLACES = (
    "Łódź, Świętokrzyska 12",
    "Αθήνα, Ερμού 5",
    "София, бул. Витоша 7",
    "Žižkov, Győr, Iași, Rīga, Vilnius ė, Nguyễn",
    "Modica’s “È” – … − € ×",
)


def test_every_country_we_deliver_to_is_printed_in_its_own_letters():
    paper = sheet("Slip")
    paper.add_page()
    for weight in ("", "B"):
        for words in PLACES:
            assert is_printable(words) and printable(words) == words
            paper.set_font(FACE, weight, 12)
            paper.cell(0, 8, printable(words), new_x="LMARGIN", new_y="NEXT")
    assert set("".join(PLACES)) <= letters_on(bytes(paper.output()))


def test_accents_typed_as_signs_of_their_own_are_joined():
    assert printable("12\u202fm\u2009x") == "12 m x", "nor does any space leave a gap"
    assert printable("Ło\N{COMBINING ACUTE ACCENT}dz\N{COMBINING ACUTE ACCENT}") == "Łódź"


def test_a_letter_the_face_has_not_got_is_a_gap_and_not_another_letter():
    assert printable("田中 Ana") == f"{MISSING * 2} Ana"
    assert not is_printable("田中 Ana")
