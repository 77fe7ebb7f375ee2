'use strict';
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Language and theme.
  const show = (language) => { root.lang = language; };
  show(/^zh/i.test(navigator.language) ? 'zh-Hans' : 'en');
  const isDark = () => root.dataset.theme === 'dark'
    || (root.dataset.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  all('[data-switch=lang]').forEach((button) => button.addEventListener('click', () => show(root.lang === 'en' ? 'zh-Hans' : 'en')));
  all('[data-switch=theme]').forEach((button) => button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
  }));

  // Rows that hold what is typed.
  all('[data-search]').forEach((field) => field.addEventListener('input', () => {
    const wanted = field.value.trim().toLowerCase();
    const rows = all('tbody tr', document.getElementById(field.dataset.search));
    rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    const found = field.parentElement.querySelector('[data-found]');
    found.textContent = found.dataset.found.replace('#', rows.filter((row) => !row.hidden).length);
  }));

  // The draw of a study at given coefficients, in the order of the program's own: totals of every entity in every year.
  const plan = JSON.parse(document.getElementById('plan').textContent);
  const evaluate = (s) => {
    const { related: m, categories, groups, rows } = plan;
    const zeros = (n) => new Array(n).fill(0);
    const [direct, indirect] = [zeros(categories), zeros(categories)];
    const u = s.map((v, k) => plan.output[k] * v / (1 + v * plan.diagonal[k]));
    const induced = (row, of) => u.reduce((sum, v, j) => sum + of[row * m + j] * v, 0);
    for (let k = 0; k < m; k++) direct[plan.relatedCategory[k]] += s[k] * plan.relatedValueAdded[k];
    for (let c = 0; c < categories; c++) indirect[c] = induced(c, plan.categoryInduction);
    for (let k = 0; k < m; k++) indirect[plan.relatedCategory[k]] += (1 - s[k]) * induced(k, plan.relatedInduction);
    return plan.years.map((_, t) => {
      const [dc, ic] = [direct.map((v, c) => v * plan.directScale[t * categories + c]),
        indirect.map((v, c) => v * plan.indirectScale[t * categories + c])];
      const [dg, ig] = [zeros(groups), zeros(groups)];
      plan.categoryGroup.forEach((g, c) => { dg[g] += dc[c]; ig[g] += ic[c]; });
      const of = (parts) => parts.reduce((sum, v) => sum + v, 0);
      const share = (r, component) => {
        const a = plan.allocation;
        const own = a ? a.rowAllocation[2 * r + component] : -1;
        const value = component ? ic : dc;
        if (!(own >= 0)) {
          return of((component ? ig : dg).map((v, j) => v * plan.regionShare[(t * rows + r) * groups + j]));
        }
        const sums = zeros(a.groups);
        value.forEach((v, c) => { sums[a.categoryGroup[own * categories + c]] += v; });
        let sum = 0;
        for (let q = a.firstGroup[own]; q < a.firstGroup[own + 1]; q++) sum += sums[q] * a.share[(t * rows + r) * a.groups + q];
        return sum;
      };
      const regions = Array.from({ length: rows }, (_, r) => [share(r, 0), share(r, 1)]);
      return [[of(dg), of(ig)], ...dc.map((v, c) => [v, ic[c]]), ...dg.map((v, g) => [v, ig[g]]), ...regions]
        .map(([d, i]) => ({ direct: d, indirect: i, total: d + i }));
    });
  };

  const number = (value) => {
    if (!Number.isFinite(value)) return '–';
    const decimals = value === 0 ? 0 : Math.min(8, Math.max(0, 4 - Math.floor(Math.log10(Math.abs(value)))));
    return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace('-', '−');
  };
  const point = evaluate(plan.coefficients);
  const s = [...plan.coefficients];
  const draw = () => {
    const moved = evaluate(s);
    all('[data-what-if]').forEach((box) => {
      const t = Number(box.querySelector('select').value);
      all('[data-k]', box).forEach((slider) => {
        slider.value = s[slider.dataset.k];
        slider.parentElement.querySelector('output').textContent = s[slider.dataset.k].toFixed(3);
      });
      all('[data-entity]', box).forEach((row) => {
        const [now, then] = [moved[t][row.dataset.entity].total, point[t][row.dataset.entity].total];
        const change = 100 * (now / then - 1);
        row.cells[1].textContent = number(now);
        row.cells[2].textContent = number(then);
        row.cells[3].textContent = Number.isFinite(change)
          ? `${change > 0.005 ? '+' : ''}${change.toFixed(2)} %`.replace('-0.00', '0.00').replace('-', '−') : '–';
      });
    });
  };
  all('[data-k]').forEach((slider) => slider.addEventListener('input', () => { s[slider.dataset.k] = Number(slider.value); draw(); }));
  all('[data-what-if] select').forEach((field) => field.addEventListener('change', () => {
    all('[data-what-if] select').forEach((other) => { other.value = field.value; });
    draw();
  }));
  all('[data-reset]').forEach((button) => button.addEventListener('click', () => {
    plan.coefficients.forEach((value, k) => { s[k] = value; });
    draw();
  }));
  window.iikernel = { evaluate };
})();
