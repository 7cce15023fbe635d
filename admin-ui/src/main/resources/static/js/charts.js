/*
 * Draws each chart from the table beside it, so that both always say the same. A page is complete without this: a chart
 * stays hidden until it is drawn.
 */
(() => {
  "use strict";

  const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" });
  const numbers = new Intl.NumberFormat("fr-FR");
  const short = new Intl.NumberFormat("fr-FR", {
    style: "currency",
    currency: "EUR",
    notation: "compact",
    maximumFractionDigits: 1,
  });
  const look = getComputedStyle(document.documentElement);
  const colour = (name) => look.getPropertyValue(name).trim();

  /** The heading's own words, without what stands under them in small print. */
  const words = (cell) =>
    [...cell.childNodes]
      .filter((node) => node.nodeName !== "SMALL")
      .map((node) => node.textContent)
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();

  const clipped = (text) => (text.length > 26 ? text.slice(0, 25).trimEnd() + "…" : text);

  const draw = (figure) => {
    const table = document.getElementById(figure.dataset.table);
    const rows = table ? [...table.tBodies[0].rows].filter((row) => !("aside" in row.dataset)) : [];
    if (rows.length === 0) {
      return;
    }
    const headings = table.tHead.rows[table.tHead.rows.length - 1].cells;
    const columns = figure.dataset.columns.trim().split(/\s+/).map(Number);
    // Amounts are written in cents beside the French text; counts are what they are.
    const inEuros = rows[0].cells[columns[0]].querySelector("data").classList.contains("money");
    const colours = figure.dataset.colours.trim().split(/\s+/);
    const datasets = columns.map((column, i) => ({
      label: words(headings[column]),
      data: rows.map((row) => Number(row.cells[column].querySelector("data").value) / (inEuros ? 100 : 1)),
      backgroundColor: colour("--series-" + colours[i]),
      maxBarThickness: 22,
      borderRadius: 2,
    }));

    figure.hidden = false;
    const perRow = figure.dataset.stacked === "true" ? 34 : 14 + 16 * columns.length;
    figure.querySelector(".chart-area").style.height = Math.max(150, 74 + perRow * rows.length) + "px";

    const stacked = figure.dataset.stacked === "true";
    new Chart(figure.querySelector("canvas"), {
      type: "bar",
      data: { labels: rows.map((row) => clipped(words(row.cells[0]))), datasets },
      options: {
        indexAxis: "y",
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        scales: {
          x: {
            stacked,
            beginAtZero: true,
            border: { display: false },
            grid: { color: colour("--line") },
            ticks: { maxTicksLimit: 5, maxRotation: 0, callback: (value) => (inEuros ? short : numbers).format(value) },
          },
          y: { stacked, grid: { display: false }, ticks: { color: colour("--ink"), autoSkip: false } },
        },
        plugins: {
          legend: { position: "top", align: "start", labels: { boxWidth: 12, boxHeight: 12, padding: 14 } },
          tooltip: { callbacks: { label: (item) => " " + item.dataset.label + " : " + (inEuros ? euros : numbers).format(item.parsed.x) } },
        },
      },
    });
  };

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  Chart.defaults.color = colour("--ink-soft");
  document.querySelectorAll("figure.chart[data-table]").forEach(draw);
})();
