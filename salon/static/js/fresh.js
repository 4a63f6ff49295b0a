// Keeps a page of the day current: asks for the same page again and swaps <main> when it has changed.
const main = document.querySelector("main[data-fresh]");
if (main) {
  const seconds = Number(main.dataset.fresh);
  const busy = () => document.hidden || main.contains(document.activeElement?.closest("form, details[open]") ?? null);
  const look = async () => {
    if (!busy()) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
        if (answer.ok && !answer.redirected) {
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const newer = page.querySelector("main[data-fresh]");
          if (newer && newer.innerHTML !== main.innerHTML && !busy()) main.innerHTML = newer.innerHTML;
        }
      } catch { /* not connected: the next look will tell */ }
    }
    setTimeout(look, seconds * 1000);
  };
  setTimeout(look, seconds * 1000);
}
