(function () {
  var root = document.documentElement;
  document.getElementById("fz-theme").addEventListener("click", function () {
    var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    if (target) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();
  var closed = [];
  addEventListener("beforeprint", function () {
    closed = Array.prototype.filter.call(document.querySelectorAll("section details, aside details"), function (item) { return !item.open; });
    closed.forEach(function (item) { item.open = true; });
  });
  addEventListener("afterprint", function () { closed.forEach(function (item) { item.open = false; }); });
  document.querySelectorAll(".fz-save").forEach(function (button) {
    button.addEventListener("click", function () {
      var svg = button.closest("figure").querySelector("svg").outerHTML.replace(/var\(--fz-[a-z]+,\s*(#[0-9a-f]+)\)/g, "$1");
      var link = document.createElement("a");
      link.href = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
      link.download = button.dataset.name;
      link.click();
    });
  });
})();
