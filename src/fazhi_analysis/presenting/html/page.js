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
    closed = Array.prototype.filter.call(document.querySelectorAll("section:not(.fz-appendix) details, aside details, footer details"), function (item) { return !item.open; });
    closed.forEach(function (item) { item.open = true; });
  });
  addEventListener("afterprint", function () { closed.forEach(function (item) { item.open = false; }); });
  document.querySelectorAll("table.fz-sortable thead th").forEach(function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", function () {
      var body = head.closest("table").tBodies[0];
      var down = head.getAttribute("aria-sort") === "ascending";
      var key = function (row) { var cell = row.cells[column], text = cell.dataset.value || cell.textContent.trim(); return head.dataset.sort === "number" ? (text === "" ? -1 : Number(text)) : text; };
      var rows = Array.prototype.slice.call(body.rows).sort(function (a, b) {
        var x = key(a), y = key(b);
        return (typeof x === "number" ? x - y : x.localeCompare(y, "zh")) * (down ? -1 : 1);
      });
      head.parentElement.querySelectorAll("th").forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append.apply(body, rows);
    });
  });
  function drawing(figure) {
    var svg = figure.querySelector("svg").cloneNode(true), box = svg.getAttribute("viewBox").split(" ");
    var style = document.createElementNS(svg.namespaceURI, "style");
    style.textContent = (document.querySelector("head style").textContent.match(/@font-face\{.*?\}/) || [""])[0] + 'text{font-family:"Fazhi Sans",sans-serif}';
    svg.prepend(style);
    svg.setAttribute("width", box[2]);
    svg.setAttribute("height", box[3]);
    var text = svg.outerHTML.replace(/var\(--fz-[a-z]+,\s*(#[0-9a-f]+)\)/g, "$1");
    return { width: box[2], height: box[3], address: "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text) };
  }
  function save(address, name) {
    var link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
  }
  document.querySelectorAll(".fz-save").forEach(function (button) {
    button.addEventListener("click", function () {
      var made = drawing(button.closest("figure")), name = button.dataset.name;
      if (name.endsWith(".svg")) { save(made.address, name); return; }
      var image = new Image(), canvas = document.createElement("canvas"), scale = 4;
      image.onload = function () {
        canvas.width = made.width * scale; canvas.height = made.height * scale;
        var pen = canvas.getContext("2d");
        pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        save(canvas.toDataURL("image/png"), name);
      };
      image.src = made.address;
    });
  });
})();
