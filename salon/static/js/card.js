// The open card without a connection: stays readable under a bar that says as of when; Start is off until it is back.
const card = document.querySelector("main[data-as-of]");
if (card) {
  const bar = card.querySelector(".not-connected");
  const start = card.querySelector("button.start");
  const away = (is_away) => {
    bar.hidden = !is_away;
    bar.textContent = is_away ? card.dataset.offline : "";
    if (start) {
      start.disabled = is_away;
      start.setAttribute("aria-disabled", String(is_away));
    }
  };
  const look = async () => {
    try {
      const answer = await fetch("/healthz", { cache: "no-store" });
      away(!answer.ok);
    } catch { away(true); }
  };
  addEventListener("offline", () => away(true));
  addEventListener("online", look);
  setInterval(look, 10_000);
}
