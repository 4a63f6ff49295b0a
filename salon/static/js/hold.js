// Says how long the chosen time is still held, in words, once a minute; nothing typed is ever touched.
const words = document.querySelector("[data-held-until]");
if (words) {
  const until = Date.parse(words.dataset.heldUntil);
  const say = () => {
    const minutes = Math.ceil((until - Date.now()) / 60_000);
    words.textContent = minutes > 0 ? words.dataset.left.replace("{minutes}", minutes) : words.dataset.over;
    if (minutes > 0) setTimeout(say, (until - Date.now()) % 60_000 + 50);
  };
  say();
}
