'use strict';
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // Light or dark: the system's choice until the reader makes their own.
  const root = document.documentElement;
  const toggle = document.getElementById('theme');
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const remembered = () => { try { return localStorage.getItem('headword-theme'); } catch { return null; } };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const named = () => { toggle.textContent = isDark() ? 'Light page' : 'Dark page'; };
  const chosen = remembered();
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
  toggle.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try { localStorage.setItem('headword-theme', root.dataset.theme); } catch { /* a file may not be allowed to remember */ }
    named();
  });
  system.addEventListener('change', named);
  named();
  toggle.hidden = false;

  // Tool-tips on column headings: shown by pointer and by focus, put away by Escape.
  const tip = make('div', { className: 'tip', id: 'tip', hidden: true });
  tip.setAttribute('role', 'tooltip');
  document.body.append(tip);
  const showTip = (target, text) => {
    tip.textContent = text;
    tip.hidden = false;
    const box = target.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, window.innerWidth - tip.offsetWidth - 8));
    const below = box.bottom + 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${below + tip.offsetHeight > window.innerHeight ? Math.max(8, box.top - tip.offsetHeight - 8) : below}px`;
  };
  const hideTip = () => { tip.hidden = true; };
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hideTip(); });
  document.addEventListener('scroll', hideTip, { capture: true, passive: true });

  // Tables: sort by a heading, filter by words.
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const numberOf = (cell) => {
    const text = cell.dataset.v ?? cell.textContent.replace(/[,%\s]/g, '').replace('−', '-');
    return text === '' ? null : Number(text);
  };
  const keyOf = (cell, kind) => {
    if (kind === 'number') return numberOf(cell);
    return cell.textContent === '' ? null : cell.textContent;
  };
  const compare = (kind) => (kind === 'number' ? (a, b) => a - b : kind === 'date' ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : collator.compare);
  const grouped = (count) => count.toLocaleString('en');

  const enliven = (block) => {
    const table = block.querySelector('table');
    if (!table) return;
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const headings = all('thead th', table);
    const tools = block.querySelector('.tools');
    const input = tools.querySelector('input');
    const output = tools.querySelector('output');
    let words = null;

    const sort = (heading, column) => {
      const kind = heading.dataset.kind;
      const first = kind === 'number' ? 'descending' : 'ascending';
      const second = kind === 'number' ? 'ascending' : 'descending';
      const now = heading.getAttribute('aria-sort');
      const next = now === first ? second : now === second ? null : first;
      headings.forEach((other) => other.removeAttribute('aria-sort'));
      let sorted = rows;
      if (next) {
        heading.setAttribute('aria-sort', next);
        const sign = next === 'ascending' ? 1 : -1;
        const order = compare(kind);
        const keyed = rows.map((row, index) => ({ row, index, key: keyOf(row.cells[column], kind) }));
        // Empty cells stand last either way; equal cells keep the table's own order.
        keyed.sort((a, b) => {
          if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.index - b.index;
          return sign * order(a.key, b.key) || a.index - b.index;
        });
        sorted = keyed.map((entry) => entry.row);
      }
      body.append(...sorted);
    };

    headings.forEach((heading, column) => {
      const text = heading.title;
      heading.removeAttribute('title');
      const button = make('button', { type: 'button' }, ...heading.childNodes);
      button.setAttribute('aria-describedby', 'tip');
      button.addEventListener('click', () => sort(heading, column));
      button.addEventListener('pointerenter', () => showTip(button, text));
      button.addEventListener('focus', () => { if (button.matches(':focus-visible')) showTip(button, text); });
      button.addEventListener('pointerleave', hideTip);
      button.addEventListener('blur', hideTip);
      heading.append(button);
    });

    const filter = () => {
      words ??= rows.map((row) => Array.from(row.cells, (cell) => cell.textContent).join(' ').toLowerCase());
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        const fits = wanted.every((word) => words[index].includes(word));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      output.textContent = wanted.length ? `${grouped(shown)} of ${grouped(rows.length)} rows` : `${grouped(rows.length)} rows`;
    };
    input.addEventListener('input', filter);
    output.textContent = `${grouped(rows.length)} rows`;
    tools.hidden = rows.length < 8;
    block.showRow = (row) => {
      if (row.hidden) { input.value = ''; filter(); }
    };
  };
  all('.table').forEach(enliven);

  // What goes on to the right fades out there.
  all('.scroll, .picture').forEach((box) => {
    const mark = () => box.classList.toggle('more', box.scrollLeft + box.clientWidth < box.scrollWidth - 4);
    box.addEventListener('scroll', mark, { passive: true });
    new ResizeObserver(mark).observe(box);
  });

  // A link to a row must find it, whatever the filter says.
  const findTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const block = target && target.closest('.table');
    if (block && block.showRow && target.tagName === 'TR') {
      block.showRow(target);
      target.scrollIntoView({ block: 'center' });
    }
  };
  window.addEventListener('hashchange', findTarget);
  findTarget();

  // The contents say where the reader is.
  const links = new Map(all('.contents a').map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const watcher = new IntersectionObserver((entries) => {
    entries.forEach((entry) => (entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id)));
    let current = null;
    links.forEach((link, id) => { if (!current && seen.has(id)) current = id; });
    links.forEach((link, id) => (id === current ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current')));
  }, { rootMargin: '-10% 0px -70% 0px' });
  all('main > section').forEach((section) => watcher.observe(section));

  // Paper has no buttons: what is folded is unfolded while printing.
  const folded = [];
  window.addEventListener('beforeprint', () => all('details:not([open])').forEach((details) => { folded.push(details); details.open = true; }));
  window.addEventListener('afterprint', () => folded.splice(0).forEach((details) => { details.open = false; }));
})();
