// Written so that every browser understands it: a screen whose browser is too old for the other scripts reloads itself.
(function () {
  setInterval(function () {
    if (!document.documentElement.hasAttribute("data-runs")) location.reload();
  }, 15000);
})();
