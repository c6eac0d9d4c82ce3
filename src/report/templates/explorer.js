'use strict';
(() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  };
  const shape = (name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const plural = (count, one) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
  const rateText = (rate) => rate.toLocaleString('en', rate < 10 ? { minimumFractionDigits: 1, maximumFractionDigits: 1 } : { maximumFractionDigits: 0 });

  const explore = (home, number) => {
    const data = JSON.parse(home.querySelector('script').textContent);
    const prefix = `explorer-${number}`;
    let [vertical, horizontal] = data.start;
    let points = [];
    let current = null;
    let opened = null;
    let wanted = '';
    let ring = null;

    const chooser = (label, value) => {
      const select = make('select', {}, ...data.groups.map(([name], index) => make('option', { value: index }, name)));
      select.value = value;
      return [make('label', {}, `${label} `, select), select];
    };
    const [upLabel, up] = chooser('Upwards', vertical);
    const [acrossLabel, across] = chooser('To the right', horizontal);
    // Which group has a word more is told by the group's colour, the same as in the charts.
    const colour = () => [['up', vertical], ['across', horizontal]].forEach(([side, group]) => {
      home.style.setProperty(`--${side}-light`, data.groups[group][3]);
      home.style.setProperty(`--${side}-dark`, data.groups[group][4]);
    });
    const search = make('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
    const found = make('output', { 'aria-live': 'polite' });
    const hits = make('ul', { class: 'hits' });
    const plot = shape('svg', {
      tabindex: '0', role: 'application', 'aria-describedby': `${prefix}-help`,
      'aria-label': 'Words of two groups by rate. Arrow keys go from word to word, Enter opens a word.',
    });
    const status = make('p', { class: 'status', 'aria-live': 'polite' });
    const panel = make('div', { class: 'panel', tabindex: '0', role: 'region', 'aria-label': 'The opened word' });
    const help = make('p', { class: 'extent', id: `${prefix}-help` },
      'Each dot is a word, placed by its rate per million words in the two groups on logarithmic scales; words on the line are equally frequent in both, and words with the same counts stand around their place. ' +
      'A dot has the colour of the group that writes the word more, where chance alone would hardly do it (G² above 10.8, words taken as independent). ' +
      'Click a dot, search, or use the arrow keys and Enter, to see where the word stands in the texts.');
    const notes = [...home.querySelectorAll('p')];
    home.append(
      make('div', { class: 'tools' }, upLabel, acrossLabel, make('label', {}, 'Find a word', search), found),
      hits,
      make('div', { class: 'explore' }, make('div', { class: 'plot' }, plot, status), panel),
      help,
      ...notes,
    );

    // Zero has no place on a logarithmic scale: words that a group lacks stand in a gutter of their own.
    const layout = () => {
      const width = Math.max(300, Math.min(680, plot.parentElement.clientWidth));
      return { width, height: Math.round(Math.min(width, 560)), left: 66, right: 14, top: 14, bottom: 46, gutter: 22 };
    };
    const scaleOf = (group) => {
      const rates = data.terms.map(([, counts]) => (counts[group] / data.groups[group][1]) * 1e6).filter((rate) => rate > 0);
      return rates.length ? [Math.min(...rates) / 1.2, Math.max(...rates) * 1.3] : [1, 10];
    };
    const evidence = (a, b, n, m) => {
      const part = (observed, expected) => (observed > 0 ? observed * Math.log(observed / expected) : 0);
      const share = (a + b) / (n + m);
      return 2 * (part(a, n * share) + part(b, m * share));
    };

    const draw = () => {
      const { width, height, left, right, top, bottom, gutter } = layout();
      const [lowX, highX] = scaleOf(horizontal);
      const [lowY, highY] = scaleOf(vertical);
      const low = Math.min(lowX, lowY);
      const high = Math.max(highX, highY);
      const along = (rate) => (Math.log(rate) - Math.log(low)) / (Math.log(high) - Math.log(low));
      const x = (rate) => (rate > 0 ? left + gutter + along(rate) * (width - left - gutter - right) : left + gutter / 2);
      const y = (rate) => (rate > 0 ? height - bottom - gutter - along(rate) * (height - bottom - gutter - top) : height - bottom - gutter / 2);
      const words = [data.groups[horizontal][1], data.groups[vertical][1]];
      points = data.terms.flatMap(([term, counts, documents], index) => {
        const count = [counts[horizontal], counts[vertical]];
        if (count[0] + count[1] === 0 || words[0] === 0 || words[1] === 0) return [];
        const rate = count.map((each, side) => (each / words[side]) * 1e6);
        const weight = evidence(count[0], count[1], words[0], words[1]);
        return [{ term, index, count, rate, documents: [documents[horizontal], documents[vertical]], weight, x: x(rate[0]), y: y(rate[1]) }];
      });
      // Words with the same counts would hide each other: they stand in a spiral around their place.
      const stacks = new Map();
      points.forEach((point) => {
        const key = `${point.count[0]} ${point.count[1]}`;
        const before = stacks.get(key) ?? 0;
        stacks.set(key, before + 1);
        point.x += 2.6 * Math.sqrt(before) * Math.cos(before * 2.4);
        point.y += 2.6 * Math.sqrt(before) * Math.sin(before * 2.4);
      });
      plot.setAttribute('viewBox', `0 0 ${width} ${height}`);
      const layer = [];
      for (let power = Math.ceil(Math.log10(low)); power <= Math.log10(high); power += 1) {
        const rate = 10 ** power;
        const text = rate.toLocaleString('en');
        layer.push(shape('line', { class: 'grid', x1: x(rate), x2: x(rate), y1: top, y2: height - bottom }));
        layer.push(shape('line', { class: 'grid', x1: left, x2: width - right, y1: y(rate), y2: y(rate) }));
        layer.push(shape('text', { class: 'tick', x: x(rate), y: height - bottom + 16, 'text-anchor': 'middle' }, text));
        layer.push(shape('text', { class: 'tick', x: left - 6, y: y(rate) + 4, 'text-anchor': 'end' }, text));
      }
      layer.push(shape('text', { class: 'tick', x: x(0), y: height - bottom + 16, 'text-anchor': 'middle' }, '0'));
      layer.push(shape('text', { class: 'tick', x: left - 6, y: y(0) + 4, 'text-anchor': 'end' }, '0'));
      layer.push(shape('line', { class: 'axis', x1: left, x2: width - right, y1: height - bottom, y2: height - bottom }));
      layer.push(shape('line', { class: 'axis', x1: left, x2: left, y1: top, y2: height - bottom }));
      layer.push(shape('line', { class: 'equal', x1: x(low), y1: y(low), x2: x(high), y2: y(high) }));
      layer.push(shape('text', { class: 'name', x: width - right, y: height - 8, 'text-anchor': 'end' }, `${data.groups[horizontal][0]}, per million words →`));
      layer.push(shape('text', { class: 'name', x: 14, y: top, 'text-anchor': 'end', transform: `rotate(-90 14 ${top})` }, `${data.groups[vertical][0]}, per million words →`));
      const fits = (point) => wanted !== '' && point.term.toLowerCase().includes(wanted);
      const kind = (point) => (fits(point) ? 'dot hit' : point.weight < 10.83 ? 'dot' : point.rate[0] > point.rate[1] ? 'dot across' : 'dot up');
      points.forEach((point) => layer.push(shape('circle', { class: kind(point), cx: point.x.toFixed(1), cy: point.y.toFixed(1), r: fits(point) ? 4.5 : 3 })));
      layer.push(...labels(width, height, fits));
      plot.replaceChildren(...layer);
      ring = shape('circle', { class: 'ring', r: 6.5, cx: -99, cy: -99 });
      plot.append(ring);
      show(current === null ? null : points.find((point) => point.index === current.index) ?? null);
      if (opened !== null) open(opened, false);
    };
    // The words whose rates differ most surely get their names, as many as fit without touching.
    const labels = (width, height, fits) => {
      const taken = [];
      const named = [];
      const order = [...points].sort((a, b) => fits(b) - fits(a) || b.weight - a.weight || a.index - b.index).slice(0, 160);
      order.forEach((point) => {
        if (named.length >= 40) return;
        const wide = point.term.length * 6.4 + 4;
        const places = [[point.x + 8, 'start'], [point.x - 8 - wide, 'end']];
        const place = places.find(([leftEdge]) => {
          const box = [leftEdge, point.y - 8, leftEdge + wide, point.y + 6];
          return box[0] > 68 && box[2] < width && taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
        });
        if (!place) return;
        taken.push([place[0], point.y - 8, place[0] + wide, point.y + 6]);
        named.push(shape('text', { class: 'word', x: place[1] === 'start' ? point.x + 8 : point.x - 8, y: point.y + 4, 'text-anchor': place[1] }, point.term));
      });
      return named;
    };

    const described = (point) => [[vertical, 1], [horizontal, 0]]
      .map(([group, side]) => `${data.groups[group][0]} ${rateText(point.rate[side])} per million (${plural(point.count[side], 'time')} in ${plural(point.documents[side], 'document')})`)
      .join('; ');

    const show = (point) => {
      current = point;
      if (ring) {
        ring.setAttribute('cx', point ? point.x : -99);
        ring.setAttribute('cy', point ? point.y : -99);
      }
      status.textContent = point ? `${point.term}: ${described(point)}` : '';
    };

    // Up to ten passages: five a side, and what one side lacks the other may fill.
    const passagesOf = (point) => {
      const all = [];
      const places = data.terms[point.index][3];
      for (let at = 0; at < places.length; at += 3) {
        const [from, text] = data.passages[places[at]];
        const [name, group, day] = data.documents[from];
        all.push({ name, group, day, before: text.slice(0, places[at + 1]), word: text.slice(places[at + 1], places[at + 2]), after: text.slice(places[at + 2]) });
      }
      const sides = [horizontal, vertical].map((group) => all.filter((each) => each.group === group));
      return sides.map((side, which) => side.slice(0, Math.max(5, 10 - sides[1 - which].length)));
    };

    const side = (point, group, which, passages) => {
      const lines = passages.map(({ name, day, before, word, after }) => make('li', {},
        make('p', { class: 'line' }, before, make('mark', {}, word), after),
        make('p', { class: 'from' }, day === '' ? name : `${name} · ${day}`)));
      const count = point.count[which];
      const none = count === 0 ? 'It does not stand there.' : 'The page has no room for a passage; the tables count all of them.';
      return [
        make('h5', {}, data.groups[group][0]),
        make('p', { class: 'from' }, `${rateText(point.rate[which])} per million words: ${plural(count, 'time')} in ${point.documents[which].toLocaleString('en')} of ${plural(data.groups[group][2], 'document')}`),
        passages.length ? make('ul', { class: 'lines' }, ...lines) : make('p', { class: 'from' }, none),
      ];
    };

    const open = (index, moveFocus = true) => {
      const point = points.find((each) => each.index === index);
      if (!point) {
        panel.replaceChildren(make('p', { class: 'from' }, 'Neither group has the word.'));
        return;
      }
      opened = index;
      show(point);
      const [right, upwards] = passagesOf(point);
      panel.replaceChildren(make('h4', {}, point.term), ...side(point, vertical, 1, upwards), ...side(point, horizontal, 0, right));
      if (moveFocus) panel.focus({ preventScroll: false });
    };

    const find = () => {
      wanted = search.value.trim().toLowerCase();
      draw();
      const fitting = wanted === '' ? [] : points.filter((point) => point.term.toLowerCase().includes(wanted));
      fitting.sort((a, b) => (b.term.toLowerCase() === wanted) - (a.term.toLowerCase() === wanted) || b.count[0] + b.count[1] - a.count[0] - a.count[1]);
      found.textContent = wanted === '' ? plural(points.length, 'word') : plural(fitting.length, 'word');
      hits.replaceChildren(...fitting.slice(0, 12).map((point) => {
        const button = make('button', { type: 'button' }, point.term);
        button.addEventListener('click', () => open(point.index));
        return make('li', {}, button);
      }));
      return fitting;
    };

    const nearest = (event) => {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM().inverse());
      let best = null;
      let distance = 24 * 24;
      points.forEach((point) => {
        const away = (point.x - place.x) ** 2 + (point.y - place.y) ** 2;
        if (away < distance) { best = point; distance = away; }
      });
      return best;
    };

    // The next word in a direction: near, and more along the direction than aside if there is one.
    const neighbour = (from, dx, dy) => {
      let best = null;
      let least = Infinity;
      points.forEach((point) => {
        const ahead = (point.x - from.x) * dx + (point.y - from.y) * dy;
        const aside = Math.abs((point.x - from.x) * dy) + Math.abs((point.y - from.y) * dx);
        const away = ahead + aside + (aside <= ahead * 1.5 ? 0 : 1e4);
        if (ahead > 0.5 && away < least) { best = point; least = away; }
      });
      return best;
    };

    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    plot.addEventListener('keydown', (event) => {
      if (steps[event.key] && points.length) {
        event.preventDefault();
        const heaviest = () => points.reduce((best, point) => (point.weight > best.weight ? point : best));
        show(current ? neighbour(current, ...steps[event.key]) ?? current : heaviest());
      } else if ((event.key === 'Enter' || event.key === ' ') && current) {
        event.preventDefault();
        open(current.index);
      }
    });
    plot.addEventListener('pointermove', (event) => { const point = nearest(event); if (point) show(point); });
    plot.addEventListener('click', (event) => { const point = nearest(event); if (point) open(point.index, false); });
    panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') plot.focus(); });
    search.addEventListener('input', find);
    search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const [first] = find();
      if (first) open(first.index);
    });
    const choose = (changed, other) => {
      if (changed.value === other.value) other.value = (Number(changed.value) + 1) % data.groups.length;
      vertical = Number(up.value);
      horizontal = Number(across.value);
      colour();
      find();
    };
    up.addEventListener('change', () => choose(up, across));
    across.addEventListener('change', () => choose(across, up));
    home.hidden = false;
    colour();
    find();
    const [first] = [...points].sort((a, b) => b.weight - a.weight);
    if (first) open(first.index, false);
    let drawn = layout().width;
    window.addEventListener('resize', () => {
      if (layout().width === drawn) return;
      drawn = layout().width;
      draw();
    });
  };
  document.querySelectorAll('[data-explorer]').forEach(explore);
})();
