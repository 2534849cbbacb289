// What a screen sounds and feels like, for whoever looks at the guest and not at the phone.

const TUNES = {
  in: [[880, 0, 0.09], [1320, 0.1, 0.14]],
  twice: [[520, 0, 0.12], [520, 0.18, 0.12]],
  no: [[190, 0, 0.35]],
};
const SHAKES = { in: [60], twice: [60, 60, 60], no: [300] };
let room;

export function sound(tone) {
  navigator.vibrate?.(SHAKES[tone] ?? []);
  const Room = window.AudioContext;
  if (!Room || !TUNES[tone]) return;
  room ??= new Room();
  for (const [pitch, from, length] of TUNES[tone]) {
    const voice = room.createOscillator();
    const volume = room.createGain();
    const begin = room.currentTime + from;
    voice.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + length);
    voice.connect(volume).connect(room.destination);
    voice.start(begin);
    voice.stop(begin + length);
  }
}
