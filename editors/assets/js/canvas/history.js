// Undo and redo without an end: every scene that was left behind, and every one that was taken back.
// What is done in one go (a drag, a run of the same key) is one step.

const ONE_GO = 900; // ms between two presses of the same key

export function history(first) {
  let now = first;
  const before = [];
  const after = [];
  let last = { name: "", at: 0 };

  return {
    get now() {
      return now;
    },
    get canUndo() {
      return before.length > 0;
    },
    get canRedo() {
      return after.length > 0;
    },
    // `name`: what belongs together when it is repeated quickly; none for an act that stands alone.
    put(scene, name = "") {
      const at = Date.now();
      const goesOn = name && name === last.name && at - last.at < ONE_GO;
      if (!goesOn) before.push(now);
      after.length = 0;
      now = scene;
      last = { name, at };
    },
    undo() {
      if (!before.length) return false;
      after.push(now);
      now = before.pop();
      last = { name: "", at: 0 };
      return true;
    },
    redo() {
      if (!after.length) return false;
      before.push(now);
      now = after.pop();
      last = { name: "", at: 0 };
      return true;
    },
  };
}
