// Finds the codes that a text is about, as package find does (gen/internal/find), step by step and
// name by name. Both must find the same in testdata/pasted.json: change the two together.
//
// codeFinder(paths), with the paths of errors.json, returns {add, find}: add takes a record, {code,
// stem, anchor, type, statuses, forms, params, text}, and find a text, for which it returns hits: {record, why,
// variant, values: [[name, text]]}.
const codeFinder = (() => {
	"use strict";
	const score = { body: 1000, code: 500, whole: 400, part: 300, folded: 200, number: 160, word: 150, short: 120, misfit: -150, status: 40 };
	const enough = 100, maxText = 64 << 10, maxUnits = 200, maxTokens = 2000, maxSpans = 8000, maxParts = 6, maxShort = 3, maxNamed = 8, maxEscapes = 3, maxWords = 12, maxValue = 200, maxNames = 16, maxEvidence = 20, maxAlike = 5, maxBodies = 20, maxCommon = 1000;

	const tokens = /[\p{L}\p{N}_](?:[\p{L}\p{N}_.:/-]*[\p{L}\p{N}_])?/gu, points = /[.:/-]+/g, wordIn = /[\p{L}\p{N}]+/gu;
	const isToken = new RegExp(`^(?:${tokens.source})$`, "u"), isWord = /[\p{L}\p{N}]/u;
	const statusIn = /(?:\bHTTP(?:\/[0-9.]+)? |status\w{0,20}(?: code| of)?["']? ?[:=]? ?["']?|\b(?:code|error|failed with|returned|got)["']? ?[:=]? ?["']?|\()([45][0-9][0-9])\b|\b([45][0-9][0-9]) (?:client error|server error|bad request|unauthorized|payment required|forbidden|not found|conflict|gone|payload too large|unprocessable|too many requests|internal server error|bad gateway|service unavailable|gateway time-?out)\b/gi;
	const ordinary = /^[\p{Ll}\p{Lo}]+$/u, codelike = /_|^[\p{Lu}\p{N}]+$|\p{Ll}\p{Lu}/u, opening = /\{|\[\s*\{/g;
	const prefixes = ["", "code", "new", "variant", "is", "err"], suffixes = ["", "error", "params", "exception", "err"];
	const kinds = {
		int: "-?[0-9]+", float: String.raw`-?[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?`, bool: "true|false",
		bytes: "-?[0-9]+ [kMGTPE]?i?B", duration: String.raw`-?(?:[0-9]+(?:\.[0-9]+)?(?:ns|µs|ms|s|m|h))+`,
		time: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", word: "[^ ]+",
	};
	const compiled = (before, after) => Object.fromEntries(Object.entries(kinds).map(([kind, text]) => [kind, new RegExp(`${before}(?:${text})${after}`, "u")]));
	const whole = compiled("^", "$"), head = compiled("^", ""), tail = compiled("", "$");

	const colors = /\x1b\[[0-9;]*[A-Za-z]/g, percents = /(?:%[0-9A-Fa-f]{2})+/g, entities = /&(?:quot|#34|#39|apos|lt|gt|amp);/g;
	const curly = /[“”„‘’]/g, atEdge = /^([45][0-9][0-9])\b|\b([45][0-9][0-9])$/g;
	const entity = { "&quot;": '"', "&#34;": '"', "&#39;": "'", "&apos;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&" };

	const collapse = (text) => text.replace(/\s+/g, " ");
	const lower = (text) => text.replace(/[A-Z]+/g, (s) => s.toLowerCase()); // as long as before
	const fold = (name) => name.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
	const isNumber = (text) => /^[-0-9]*$/.test(text);
	const scoreOf = (code) => isNumber(code) ? (code.length < 4 ? 0 : score.number) : ordinary.test(code) ? score.word : score.code;
	const ranked = (hits, limit) => hits.sort((a, b) => b.score - a.score || a.record - b.record).slice(0, limit);
	const push = (map, key, value) => { const list = map.get(key); if (list) list.push(value); else map.set(key, [value]); };

	// distance counts the letters to add, drop, change or swap with a neighbour to make b of a, up to limit.
	function distance(a, b, limit) {
		if (Math.abs(a.length - b.length) >= limit) return limit;
		let same = 0, end = 0; // what both begin and end with
		while (same < a.length && same < b.length && a[same] === b[same]) same++;
		while (end < a.length - same && end < b.length - same && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
		a = a.slice(same, a.length - end);
		b = b.slice(same, b.length - end);
		let before = [], last = [], row = [];
		for (let j = 0; j <= b.length; j++) last.push(j);
		for (let i = 1; i <= a.length; i++) {
			row[0] = i;
			let least = i;
			for (let j = 1; j <= b.length; j++) {
				let d = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
				if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2] + 1);
				row[j] = d;
				if (d < least) least = d;
			}
			if (least >= limit) return limit;
			[before, last, row] = [last, row, before];
		}
		return Math.min(last[b.length], limit);
	}
	const allowed = (name) => Math.min(Math.max(Math.floor(name.length / 3), 1), 4);
	// letters are the letters and digits of a name as bits: each that one name has and another lacks is a mistake.
	const letters = (name) => { let bits = 0; for (let i = 0; i < name.length; i++) bits |= 1 << name.charCodeAt(i) % 31; return bits; };
	const bitsOf = (n) => { let count = 0; for (; n; n &= n - 1) count++; return count; };

	// Bodies are the JSON objects in a text, and the lists of objects.
	function bodiesIn(text) {
		const bodies = [];
		for (let at = 0, tries = 0; tries < maxBodies; tries++) {
			opening.lastIndex = at;
			const begin = opening.exec(text);
			if (!begin) break;
			at = begin.index;
			const end = balanced(text, at);
			try {
				bodies.push(JSON.parse(text.slice(at, end)));
				at = end;
			} catch { at++; }
		}
		return bodies;
	}
	function balanced(text, from) {
		let depth = 0, quoted = false;
		for (let i = from; i < text.length; i++) {
			const c = text[i];
			if (quoted && c === "\\") i++;
			else if (c === '"') quoted = !quoted;
			else if (quoted) continue;
			else if (c === "{" || c === "[") depth++;
			else if ((c === "}" || c === "]") && --depth === 0) return i + 1;
		}
		return from;
	}
	// decoded returns a text with what it was escaped with taken off, several times if need be, then the text as it is.
	function decoded(text) {
		const texts = [text];
		for (let n = 0; n < maxEscapes; n++) {
			const plain = unescaped(texts[0]);
			if (plain === texts[0]) break;
			texts.unshift(plain);
		}
		return texts;
	}
	function unescaped(text) {
		if (text.includes('\\"')) return text.replace(/\\\\|\\"|\\n/g, (e) => e === "\\n" ? " " : e[1]);
		for (const plain of [text.replace(entities, (e) => entity[e]), text.replace(curly, (q) => "“”„".includes(q) ? '"' : "'")]) if (plain !== text) return plain;
		return text.replace(percents, (escaped) => { try { return decodeURIComponent(escaped); } catch { return escaped; } });
	}

	const valueAt = (body, path) => path.reduce((v, step) => v !== null && typeof v === "object" && Object.hasOwn(v, step) ? v[step] : undefined, body);
	const textOf = (v) => ["string", "number", "boolean"].includes(typeof v) ? String(v) : "";

	return (paths) => {
		const records = [], exact = new Map(), types = new Map(), folded = new Map(), words = new Map(), odd = [], forms = [], folds = [], bits = [];
		const roles = Object.keys(paths).sort();
		let loose; // the forms without a word; undefined while records are added

		return {
			add(r) {
				const at = records.push(r) - 1, code = fold(r.code);
				exact.set(r.code, at);
				if (r.type) types.set(r.type, at);
				if (!isToken.test(r.code)) odd.push(at);
				folds.push(code);
				bits.push(letters(code));
				for (const n of new Set([r.code, r.stem, r.anchor].filter(Boolean).map(fold))) {
					if (n) push(folded, n, { record: at, variant: "" });
					for (const [variant] of r.forms) if (variant) push(folded, n + fold(variant), { record: at, variant });
				}
				for (const f of r.forms) forms.push(form(at, f));
				loose = undefined;
			},
			find(given) {
				const text = given.slice(0, maxText).replace(colors, "").trim();
				if (text === "") return [];
				if (!loose) settle();
				const s = read(text);
				const hits = evidence(s);
				if (hits.length > 0) return [...hits, ...withWords(s, hits)];
				for (const step of [withWords, mistyped, reworded, byStatus]) {
					const hits = step(s, []);
					if (hits.length > 0) return hits;
				}
				return [];
			},
		};

		// form returns a message of a record, parsed.
		function form(record, f) {
			const form = { record, variant: f[0], blanks: (f.length - 2) / 2, names: [], kinds: [], lower: [], words: [], key: "", length: 0, letters: 0 };
			for (let k = 0; k <= form.blanks; k++) {
				const low = lower(f[1 + 2 * k]);
				form.lower.push(low);
				form.length += low.length;
				form.letters += fold(low).length;
				if (k < form.blanks) {
					const [name, kind] = f[2 + 2 * k].split(" ");
					form.names.push(name);
					form.kinds.push(kind);
				}
				for (const m of low.matchAll(wordIn)) {
					const atValue = (k > 0 && m.index === 0) || (k < form.blanks && m.index + m[0].length === low.length);
					if (!atValue && !form.words.includes(m[0])) {
						form.words.push(m[0]);
						push(words, m[0], form);
					}
				}
			}
			return form;
		}

		// settle gives each form its rarest word.
		function settle() {
			loose = [];
			for (const f of forms) {
				f.key = "";
				for (const w of f.words) if (!f.key || words.get(w).length < words.get(f.key).length) f.key = w;
				if (!f.key) loose.push(f);
			}
		}

		// read parses a text.
		function read(text) {
			const s = { text, bodies: [], units: [], tokens: [], statuses: new Set(), found: new Map(), readings: new Map() };
			const unit = (t, isWhole) => {
				t = collapse(t).trim();
				if (s.units.length < maxUnits && t !== "") {
					const low = lower(t);
					s.units.push({ text: t, lower: low, whole: isWhole, words: new Set(low.match(wordIn) ?? []) });
				}
			};
			const strings = (v) => {
				if (typeof v === "string") {
					unit(v, true);
					if (v.startsWith("{") && s.bodies.length < maxBodies) s.bodies.push(...bodiesIn(v));
				} else if (Array.isArray(v)) v.forEach(strings);
				else if (v !== null && typeof v === "object") for (const key of Object.keys(v).sort()) strings(v[key]);
			};
			const texts = decoded(text);
			for (const t of texts) s.bodies.push(...bodiesIn(t));
			for (let i = 0; i < s.bodies.length; i++) strings(s.bodies[i]);
			for (const t of texts) {
				const lines = t.split("\n");
				for (const line of lines) unit(line, false);
				if (lines.length > 1) unit(t, false);
			}
			s.tokens = [...new Set(texts.flatMap((t) => (t.match(tokens) ?? []).slice(0, maxTokens)))];
			s.count = text.match(tokens)?.length ?? 0;
			s.short = s.count <= maxShort;
			s.named = s.count <= maxNamed;
			for (const m of [...[...text.matchAll(statusIn)].slice(0, 10), ...s.named ? text.matchAll(atEdge) : []]) s.statuses.add(Number(m[1] ?? m[2]));
			return s;
		}

		function role(body, name) {
			for (const path of paths[name] ?? []) {
				const text = textOf(valueAt(body, path));
				if (text) return text;
			}
			return "";
		}

		function hasStatus(s, at) { return records[at].statuses.some((status) => s.statuses.has(status)); }

		function add(s, record, score, variant = "") {
			const h = s.found.get(record);
			if (!h) s.found.set(record, { record, why: "evidence", score, variant, values: [] });
			else {
				h.score = Math.max(h.score, score);
				h.variant ||= variant;
			}
		}

		function evidence(s) {
			for (const body of s.bodies) {
				for (const name of ["code", "code_number"]) {
					const record = exact.get(role(body, name));
					if (record !== undefined) add(s, record, score.body);
				}
				const typed = types.get(role(body, "type"));
				if (typed !== undefined) add(s, typed, score.body);
			}
			lookUpTokens(s);
			readMessages(s);
			const hits = ranked([...s.found.values()].filter((h) => h.score >= enough).map((h) => ({ ...h, score: h.score + (hasStatus(s, h.record) ? score.status : 0) })), maxEvidence);
			for (const h of hits) fillIn(s, h);
			return hits;
		}

		function withWords(s, found) {
			const words = s.text.toLowerCase().split(/\s+/);
			if (words.length > maxWords) return [];
			const known = new Set(found.map((h) => h.record)), hits = [];
			records.forEach((r, record) => {
				if (words.every((w) => r.text.includes(w)) && !known.has(record)) hits.push({ record, why: "words", variant: "", values: [] });
			});
			return hits;
		}

		function byStatus(s) {
			return records.flatMap((_, record) => hasStatus(s, record) ? [{ record, why: "status", variant: "", values: [] }] : []);
		}

		function lookUpTokens(s) {
			if (exact.has(s.text)) add(s, exact.get(s.text), score.code);
			if (s.named) lookUp(s, s.text); // Rate Limited
			let left = maxSpans;
			for (const t of s.tokens) {
				const spans = [];
				let begin = 0;
				for (const m of t.matchAll(points)) {
					spans.push([begin, m.index]);
					begin = m.index + m[0].length;
				}
				spans.push([begin, t.length]);
				for (let from = 0; from < spans.length; from++) {
					for (let to = from; to < Math.min(from + maxParts, spans.length) && left > 0; to++, left--) lookUp(s, t.slice(spans[from][0], spans[to][1]));
				}
			}
			for (const record of odd) {
				const { code } = records[record];
				if (s.text.includes(code) && folds[record].length > 3) add(s, record, scoreOf(code));
			}
		}

		function lookUp(s, t) {
			if (exact.has(t)) add(s, exact.get(t), scoreOf(t));
			const name = fold(t);
			if (isNumber(name)) return;
			for (const prefix of prefixes) {
				if (!name.startsWith(prefix)) continue;
				const rest = name.slice(prefix.length);
				for (const suffix of suffixes) {
					if (!rest.endsWith(suffix)) continue;
					for (const n of folded.get(rest.slice(0, rest.length - suffix.length)) ?? []) add(s, n.record, score.folded, n.variant);
				}
			}
		}

		function readMessages(s) {
			const readAs = (f, u) => {
				const r = readUnit(f, u);
				if (r && r.score > (s.readings.get(f.record)?.score ?? 0)) s.readings.set(f.record, r);
			};
			for (const u of s.units) {
				for (const w of u.words) for (const f of words.get(w) ?? []) if (f.key === w) readAs(f, u);
				for (const f of loose) readAs(f, u);
			}
			for (const [record, r] of s.readings) add(s, record, r.score);
		}

		// readUnit reads a unit as a message, or as a text with the message in it. Each literal is found as far left as possible.
		function readUnit(f, u) {
			const last = f.blanks, values = [];
			let start = 0, at = 0, k = 0;
			if (f.lower[0] !== "") {
				start = findIn(u, f.lower[0], last === 0);
				if (start < 0) return;
				at = start + f.lower[0].length;
			} else {
				const next = f.lower[1] === "" ? -1 : u.lower.indexOf(f.lower[1]);
				if (next < 0) return;
				values[0] = before(u, next, f.kinds[0]);
				start = next - values[0].length;
				at = next + f.lower[1].length;
				k = 1;
			}
			for (; k < last; k++) {
				const literal = f.lower[k + 1];
				let end;
				if (literal === "" && k === last - 1) end = at + after(u, start, at, f.kinds[k]).length;
				else if (literal === "") end = at; // no one knows where the one ends and the other begins
				else if (k === last - 1 && start === 0 && u.lower.slice(at).endsWith(literal)) end = u.lower.length - literal.length;
				else end = u.lower.indexOf(literal, at);
				if (end < 0) return;
				values[k] = u.text.slice(at, end);
				at = end + literal.length;
			}
			if (!isEdge(u, at) && f.lower[last] !== "") return;
			let points = 0;
			if (start === 0 && at === u.text.length && (f.letters >= 4 || last === 0)) points = score.whole + Math.min(f.length, 100);
			else if (f.words.length >= 2 && f.letters >= 8) points = score.part + Math.min(f.length, 100);
			else if (f.words.length >= 1 && f.letters >= 4) points = score.short;
			values.forEach((v, k) => {
				if (f.kinds[k] !== "word" && whole[f.kinds[k]] && !whole[f.kinds[k]].test(v)) points += score.misfit;
			});
			return points > 0 ? { form: f, values, score: points } : undefined;
		}

		// findIn returns where a literal begins as a word does, and ends as one if it is all there is; -1: nowhere.
		function findIn(u, literal, all) {
			for (let at = u.lower.indexOf(literal); at >= 0; at = u.lower.indexOf(literal, at + 1)) {
				if (isEdge(u, at) && (!all || isEdge(u, at + literal.length))) return at;
			}
			return -1;
		}

		function isEdge(u, at) {
			return at === 0 || at === u.text.length || !isWord.test(u.text[at - 1]) || !isWord.test(u.text[at]);
		}

		// after returns the value that begins at a place, of a message that begins at another.
		function after(u, start, at, kind) {
			let rest = u.text.slice(at);
			if (start === 0) return rest;
			const quote = u.text[start - 1];
			if ("\"'`".includes(quote)) return rest.split(quote, 1)[0].replace(/\\$/, "");
			if (head[kind]) rest = head[kind].exec(rest)?.[0] ?? "";
			return kind === "word" ? rest.replace(/[,;.!?)\]}>"'`]+$/, "") : rest;
		}

		// before returns the value that ends at a place and begins the message.
		function before(u, end, kind) {
			let rest = u.text.slice(0, end);
			if (u.whole) return rest;
			rest = rest.slice(-maxValue);
			if (tail[kind]) rest = tail[kind].exec(rest)?.[0] ?? "";
			else if (rest.includes(": ")) rest = rest.slice(rest.lastIndexOf(": ") + 2);
			return rest.replace(/^[([{<"'`]+/, "");
		}

		// fillIn adds to a hit what the text says of its variant and its params.
		function fillIn(s, h) {
			const r = records[h.record];
			const set = (name, text) => { if (text !== "" && !h.values.some(([n]) => n === name)) h.values.push([name, text]); };
			const hasParam = (name) => r.params.includes(name) || r.forms.some((f) => f.some((part, k) => k >= 2 && k % 2 === 0 && part.split(" ")[0] === name));
			const reading = s.readings.get(h.record);
			if (reading) {
				h.variant = reading.form.variant;
				reading.values.forEach((text, k) => set(reading.form.names[k], text));
			}
			for (const body of s.bodies) {
				const code = role(body, "code") || role(body, "code_number");
				if (code && code !== r.code) continue;
				const v = role(body, "variant");
				if (v && r.forms.some(([variant]) => variant === v)) h.variant = v;
				for (const name of roles) if (name.startsWith("param.") && hasParam(name.slice(6))) set(name.slice(6), role(body, name));
				for (const path of paths.params ?? []) {
					const object = valueAt(body, path);
					if (object === null || typeof object !== "object" || Array.isArray(object)) continue;
					for (const name of Object.keys(object).sort()) if (hasParam(name)) set(name, textOf(object[name]));
				}
			}
		}

		// names are what in a text may be the name of a code, folded.
		function names(s) {
			const names = [];
			const add = (t) => {
				const folded = fold(t);
				for (const prefix of prefixes) {
					const n = folded.slice(prefix.length);
					if (folded.startsWith(prefix) && n.length >= 4 && n.length <= 64 && !isNumber(n) && !names.includes(n) && names.length < maxNames) names.push(n);
				}
			};
			if (s.short) add(s.text);
			for (const body of s.bodies) add(role(body, "code"));
			for (const t of s.tokens) if (s.short || codelike.test(t)) for (const part of t.split(points)) add(part);
			return names;
		}

		// mistyped returns the codes that a typing mistake tells from a name in the text.
		function mistyped(s) {
			const all = names(s).map((n) => [n, letters(n)]);
			let hits = [], best = Infinity; // the fewest mistakes: one more is still shown
			folds.forEach((known, record) => {
				let least = Infinity;
				for (const [n, has] of all) {
					const limit = Math.min(Math.max(allowed(n), allowed(known)), best + 1, least - 1) + 1;
					if (bitsOf(bits[record] & ~has) >= limit) continue; // each letter that a code has and the name lacks is a mistake
					for (const name of [known, known + "error"]) {
						const d = distance(n, name, limit);
						if (d < limit) least = Math.min(least, d);
					}
				}
				if (least < Infinity) {
					hits.push({ record, why: "alike", variant: "", values: [], score: -least });
					best = Math.min(best, least);
				}
			});
			return ranked(hits.filter((h) => -h.score <= best + 1), maxAlike);
		}

		// correct adds the words of messages that a typing mistake or two tell from the first words of the text that no message has.
		function correct(s, known) {
			const seen = new Set();
			for (const [w] of lower(s.text).matchAll(wordIn)) {
				if (seen.has(w) || words.has(w) || new TextEncoder().encode(w).length < 5) continue;
				seen.add(w);
				if (seen.size > maxWords) return;
				const limit = Math.min(allowed(w), 2) + 1, has = letters(w);
				for (const right of words.keys()) {
					if (bitsOf(letters(right) & ~has) < limit && distance(w, right, limit) < limit) known.add(right);
				}
			}
		}

		// reworded returns the codes with a message most of whose words are in the text.
		function reworded(s) {
			const known = new Set(s.units.flatMap((u) => [...u.words])), scores = new Map(), seen = new Set();
			correct(s, known);
			for (const w of known) {
				const having = words.get(w) ?? [];
				if (having.length > maxCommon) continue;
				for (const f of having) {
					if (seen.has(f)) continue;
					seen.add(f);
					const has = f.words.filter((w) => known.has(w)).length;
					if (has >= 2 && has * 5 >= f.words.length * 3) scores.set(f.record, Math.max(scores.get(f.record) ?? 0, Math.floor(has * 100 / f.words.length) + has));
				}
			}
			return ranked([...scores].map(([record, score]) => ({ record, why: "alike", variant: "", values: [], score })), maxAlike);
		}
	};
})();
