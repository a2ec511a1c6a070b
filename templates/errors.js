// The search, the theme and the copy buttons. All that there is to read is there without them.
"use strict";
(() => {
	const root = document.documentElement;
	root.classList.add("js");

	// The theme is that of the system until the reader chooses one.
	const themes = ["auto", "light", "dark"];
	const stored = (name) => { try { return localStorage.getItem("errspec." + name); } catch { return null; } };
	const store = (name, value) => { try { localStorage.setItem("errspec." + name, value); } catch { /* not kept, then */ } };
	let theme = themes.includes(stored("theme")) ? stored("theme") : "auto";
	const applyTheme = () => {
		if (theme === "auto") delete root.dataset.theme;
		else root.dataset.theme = theme;
	};
	applyTheme(); // before anything is painted

	addEventListener("DOMContentLoaded", () => {
		const one = (selector) => document.querySelector(selector);
		const all = (selector, under = document) => [...under.querySelectorAll(selector)];

		const button = one(".theme");
		const nameTheme = () => {
			const name = document.createElement("span");
			name.className = "name";
			name.textContent = { auto: " Auto", light: " Light", dark: " Dark" }[theme];
			button.replaceChildren({ auto: "◐", light: "☀", dark: "☾" }[theme], name);
			button.setAttribute("aria-label", "Theme: " + theme);
		};
		nameTheme();
		button.addEventListener("click", () => {
			theme = themes[(themes.indexOf(theme) + 1) % themes.length];
			applyTheme();
			nameTheme();
			store("theme", theme);
		});

		copying();
		tabs();
		scrolling();
		menu();
		const input = document.getElementById("page.filter");
		if (input) searching(input);
		spying(all(".contents a"));

		// Searching. What is found is shown in a list of its own, as copies of the rows; the page behind it keeps its layout, so that
		// few elements change at a key.
		function searching(input) {
			const count = one(".count"), results = one(".results"), behind = one(".page"), items = [];
			let finder, codes, sources = [], make; // no finder: the codes are elsewhere, and not there yet

			// The codes are read when there is nothing else to do, or when they are needed.
			const read = (until) => {
				while (items.length < Math.min(until, sources.length)) {
					items.push(make(sources[items.length]));
					finder.add(items.at(-1).record);
				}
			};
			const idle = self.requestIdleCallback ?? setTimeout;
			const readOn = () => {
				read(items.length + 200);
				if (items.length < sources.length) idle(readOn);
			};
			const begin = (paths, all, number, of) => {
				[finder, sources, codes, make] = [codeFinder(paths), all, number, of];
				idle(readOn);
			};

			// The index has a row for each code; a retired one has none, but a short entry.
			if (input.dataset.paths) begin(JSON.parse(input.dataset.paths), [...all(".row"), ...all(".entry.gone")], all(".row").length, fromElement);

			// Another page loads the codes once somebody wants to search, from a script: a page on a disk may load nothing else.
			let asked = false, waiting; // waiting: the text to search for when they are there
			function load() {
				if (finder || asked) return;
				asked = true;
				const url = new URL(input.dataset.index, location.href).href, script = document.createElement("script");
				script.src = self.trustedTypes?.createPolicy("errspec", { createScriptURL: (u) => u }).createScriptURL(url) ?? url;
				script.addEventListener("load", () => {
					const { paths, groups, codes } = self.errspecIndex;
					begin(paths, codes, codes.filter((c) => !c.gone).length, (c) => fromData(c, groups));
					if (waiting !== undefined) apply(waiting);
				});
				script.addEventListener("error", () => {
					asked = false;
					count.textContent = `${input.dataset.index} cannot be loaded`;
				});
				document.head.append(script);
			}
			input.addEventListener("focus", load);

			// recordOf returns the search record of a code.
			function recordOf({ code, forms, params, stem, anchor, type, statuses }, ...texts) {
				const messages = forms.map((f) => f.map((part, k) => k > 0 && k % 2 === 0 ? `<${part.split(" ")[0]}>` : part).join("\n").replaceAll("\n<", "<").replaceAll(">\n", ">"));
				return { code, forms, params, stem, anchor, type, statuses, text: [...texts, ...messages].join("\n").toLowerCase() };
			}

			function fromElement(source) {
				const live = source.matches(".row"), data = (name) => JSON.parse(source.dataset[name] ?? "[]");
				return {
					live, row: live, href: live ? source.querySelector("a").getAttribute("href") : "#" + source.id,
					group: source.closest(".group")?.id, title: source.closest(".group, .part").querySelector("h2, h3").textContent,
					record: recordOf({
						code: source.querySelector("code").textContent, forms: data("forms"), params: data("params"),
						stem: source.dataset.stem ?? "", anchor: live ? decodeURIComponent(source.querySelector("a").hash.slice(1)) : source.id, type: source.dataset.known ?? "",
						statuses: all(".status", source).map((s) => parseInt(s.textContent, 10)),
					}, source.dataset.text, source.textContent),
					element() {
						const copy = source.cloneNode(true);
						copy.removeAttribute("id");
						for (const e of all("[id]", copy)) e.removeAttribute("id");
						copy.removeAttribute("aria-labelledby");
						if (!live) copy.querySelector("h3").replaceChildren(link(source));
						return copy;
					},
				};
			}

			// fromData returns the same for a code of search.js.
			function fromData(c, groups) {
				const statuses = c.statuses ?? [], notes = [c.gone ? "retired" : "", c.deprecated ? "deprecated" : "", c.stability ?? ""].filter(Boolean);
				const base = input.dataset.index.replace(/[^/]*$/, "");
				return {
					live: !c.gone, row: true, href: base + c.page, title: c.gone ? "Retired codes" : groups[c.group ?? 0],
					record: recordOf({ code: c.code, forms: c.forms ?? [], params: c.params ?? [], stem: c.stem ?? "", anchor: c.anchor ?? "", type: c.type ?? "", statuses }, c.text, c.code, statuses.join("\n"), c.line, ...notes),
					element() {
						const el = (name, className, ...content) => {
							const e = document.createElement(name);
							if (className) e.className = className;
							e.append(...content);
							return e;
						};
						const a = el("a", "", el("code", "", c.code)), facts = el("span", "facts"), text = el("span", "text", c.line ?? "");
						a.href = this.href;
						for (const s of statuses) facts.append(el("span", `status s${Math.floor(s / 100)}`, String(s)), " ");
						if (c.retry) facts.append(el("span", "again", el("span", "sr", "may be retried")));
						for (const n of notes) text.append(" ", el("span", n === "retired" || n === "deprecated" ? "flag old" : "flag", n));
						return el("li", "row", a, facts, text);
					},
				};
			}

			const first = 16, next = 84, more = 500; // how many results are shown: at once, a moment later, and on demand
			let query = "", hits = [], shown = 0, position = 0, later = 0;

			function apply(text) {
				if (!finder) {
					waiting = text;
					if (text !== "") load();
					return;
				}
				const words = text.toLowerCase().split(/\s+/).filter(Boolean);
				if (query === "" && words.length > 0) position = scrollY;
				const before = query;
				query = words.join(" ");
				read(sources.length);
				hits = query === "" ? [] : finder.find(text);
				behind.classList.toggle("behind", query !== "");
				results.replaceChildren();
				shown = 0;
				clearTimeout(later);
				follow();
				if (query !== "") {
					const live = hits.filter((h) => items[h.record].live).length, gone = hits.length - live;
					const title = document.createElement("h1");
					title.className = "sr";
					title.textContent = `Codes for “${short(text)}”`;
					results.append(title);
					const similar = hits[0]?.why === "alike" || hits[0]?.why === "status" ? "No exact match, " : "";
					count.textContent = `${similar}${live} of ${codes} codes` + (gone > 0 ? ` and ${gone} retired` : "");
					extend(first);
					later = setTimeout(() => {
						extend(next);
						mark(words);
					}, 60);
					if (hits.length === 0) nothing(text);
					scrollTo(0, 0);
				} else {
					count.textContent = "";
					if (before !== "") scrollTo(0, position);
				}
				mark(words);
			}

			const short = (text) => text.trim().length > 80 ? text.trim().slice(0, 80) + "…" : text.trim();

			// titleOf returns the heading of a hit: how it was found, or, of words, where it is on the page.
			function titleOf(hit, at) {
				switch (hit.why) {
					case "evidence": return at === 0 ? "Best match" : "Also possible";
					case "alike": return at === 0 ? "Most similar" : "Also similar";
					case "status": return "Codes with this HTTP status";
					default: return items[hit.record].title;
				}
			}

			// extend shows further results, under their headings.
			function extend(n) {
				let list;
				for (let at = shown; at < Math.min(shown + n, hits.length); at++) {
					const hit = hits[at], item = items[hit.record], title = titleOf(hit, at);
					if (list?.dataset.title !== title || list.matches("ul") !== item.row) {
						list = [...results.children].findLast((e) => e.dataset.title === title && e.matches("ul") === item.row) ?? section(title, item.row);
					}
					const copy = item.element();
					if (hit.variant || hit.values.length > 0) copy.append(readings(hit));
					copy.dataset.variant = hit.variant;
					if (at === 0 && (hit.why === "evidence" || hit.why === "alike") && item.live) detail(copy, hit);
					list.append(copy);
				}
				shown = Math.min(shown + n, hits.length);
				results.querySelector(".further")?.remove();
				if (shown < hits.length && shown > first) {
					const further = document.createElement("button");
					further.className = "further";
					further.textContent = `Show ${Math.min(more, hits.length - shown)} more`;
					further.addEventListener("click", () => {
						const last = all("a", results).at(-1);
						extend(more);
						mark(query.split(" "));
						last.focus();
					});
					results.append(further);
				}
			}

			// detail adds to the best match what its entry says, if that is on this page, with the values in its message.
			function detail(copy, hit) {
				const { href } = items[hit.record];
				const body = href.startsWith("#") && document.getElementById(decodeURIComponent(href.slice(1)))?.querySelector(".body")?.cloneNode(true);
				if (!body) return;
				const values = new Map(hit.values);
				for (const message of all(".message", body)) {
					const variant = message.querySelector(".variant")?.textContent ?? "";
					if (hit.variant && variant !== hit.variant) message.remove();
				}
				for (const v of all("var", body)) v.textContent = values.get(v.textContent.slice(1, -1)) ?? v.textContent;
				body.className = "detail";
				copy.classList.add("best");
				copy.append(body);
			}

			// readings lists what the text says of a code: its variant and its params.
			function readings(hit) {
				const list = document.createElement("dl");
				list.className = "found";
				const add = (name, value) => {
					const dt = document.createElement("dt"), dd = document.createElement("dd"), code = document.createElement("code");
					dt.textContent = name;
					code.textContent = short(value);
					dd.append(code);
					const pair = document.createElement("div");
					pair.append(dt, dd);
					list.append(pair);
				};
				if (hit.variant) add("variant", hit.variant);
				for (const [name, value] of hit.values) add(name, value);
				return list;
			}

			// follow makes the contents those of the results.
			function follow() {
				const hrefs = new Set(), groups = new Map();
				for (const h of hits) {
					const { href, group } = items[h.record];
					hrefs.add(href);
					if (group !== undefined) groups.set("#" + group, (groups.get("#" + group) ?? 0) + 1);
				}
				for (const list of all(".contents ul")) {
					for (const li of list.children) {
						const a = li.firstElementChild, href = a.getAttribute("href"), num = a.querySelector(".num");
						li.hidden = query !== "" && !hrefs.has(href) && !groups.has(href);
						if (num) {
							num.dataset.all ??= num.textContent;
							num.textContent = query !== "" && groups.get(href) || num.dataset.all;
						}
					}
					list.hidden = [...list.children].every((li) => li.hidden);
				}
			}

			function section(title, rows) {
				const heading = document.createElement("h2");
				heading.textContent = title;
				const list = document.createElement(rows ? "ul" : "div");
				list.className = rows ? "rows" : "entries";
				list.dataset.title = title;
				results.append(heading, list);
				return list;
			}

			function link(entry) {
				const a = document.createElement("a");
				a.href = "#" + entry.id;
				a.append(...entry.querySelector("h3").cloneNode(true).childNodes);
				return a;
			}

			function nothing(text) {
				const p = document.createElement("p"), q = document.createElement("q"), b = document.createElement("button");
				q.textContent = short(text);
				p.append("No code matches ", q, ". Paste a whole message, response body or log line, or try fewer words.");
				b.textContent = "Show all codes";
				b.addEventListener("click", () => {
					clear();
					input.focus();
				});
				const box = document.createElement("div");
				box.className = "nothing";
				box.append(p, b);
				results.append(box);
			}

			// mark shows where the words stand, without touching the list.
			function mark(words) {
				if (!self.Highlight) return;
				CSS.highlights.delete("found");
				if (hits[0]?.why !== "words") return;
				const ranges = [];
				const all = document.createTreeWalker(results, NodeFilter.SHOW_TEXT);
				while (all.nextNode() && ranges.length < 500) {
					const node = all.currentNode, text = node.data.toLowerCase();
					if (text.length !== node.data.length || !node.parentElement.closest("li, article")) continue;
					for (const w of words) {
						for (let at = text.indexOf(w); at >= 0; at = text.indexOf(w, at + w.length)) {
							const range = new Range();
							range.setStart(node, at);
							range.setEnd(node, at + w.length);
							ranges.push(range);
						}
					}
				}
				CSS.highlights.set("found", new Highlight(...ranges));
			}

			// remember keeps a short text in the address, so that it can be sent to somebody, and Back comes back to it.
			function remember(text) {
				if (text.length > 200) text = "";
				const url = new URL(location.href);
				if (text === "") url.searchParams.delete("q");
				else url.searchParams.set("q", text);
				if (query !== "") url.hash = "";
				try { history.replaceState(null, "", url); } catch { /* some browsers allow none in a file */ }
			}

			function filter(text) {
				input.value = text;
				search(text);
			}

			function search(text) {
				apply(text);
				remember(text.trim());
			}

			const clear = () => filter("");

			// open leaves the list for an entry on this page. A page elsewhere the browser opens itself.
			function open(a) {
				const url = new URL(location.href);
				url.searchParams.delete("q");
				url.hash = "";
				try { history.pushState(null, "", url); } catch { /* Back leads further, then */ }
				const variant = a.closest(".row")?.dataset.variant;
				const tab = variant && all("[role=tab]", document.getElementById(decodeURIComponent(a.hash.slice(1)))).find((t) => t.textContent === variant);
				if (tab) choose(tab);
				input.value = "";
				apply("");
				if (location.hash === a.hash) land();
				else location.replace(a.hash);
			}

			// land brings what the address names into view, whatever the filter says.
			function land() {
				let id = location.hash.slice(1);
				try { id = decodeURIComponent(id); } catch { /* it is no escape, then */ }
				const target = id && document.getElementById(id);
				if (!target) return;
				if (target.matches(".row")) { // its entry is on another page
					location.replace(target.querySelector("a").href);
					return;
				}
				if (query !== "") clear();
				target.scrollIntoView();
			}

			const visit = () => {
				const text = new URLSearchParams(location.search).get("q") ?? "";
				if (text !== input.value) {
					input.value = text;
					apply(text);
				}
			};

			// A field has one line. What is pasted keeps its lines for the search, as long as the field shows it.
			let pasted = { shown: "", text: "" };
			input.addEventListener("paste", (e) => {
				const text = e.clipboardData?.getData("text") ?? "";
				if (!/[\r\n]/.test(text)) return;
				e.preventDefault();
				const line = text.trim().replace(/\s*[\r\n]+\s*/g, " ");
				const { value, selectionStart: from, selectionEnd: to } = input;
				if (value.slice(0, from) + value.slice(to) === "") pasted = { shown: line, text };
				input.setRangeText(line, from, to, "end");
				input.dispatchEvent(new Event("input"));
			});
			input.addEventListener("input", () => search(input.value === pasted.shown ? pasted.text : input.value));
			input.addEventListener("keydown", (e) => {
				const top = results.querySelector("a");
				if (e.key === "Escape") {
					e.preventDefault();
					if (input.value === "") input.blur();
					else clear();
				} else if (e.key === "Enter" && top) {
					top.click();
				} else if (e.key === "ArrowDown" && top) {
					e.preventDefault();
					top.focus();
				}
			});
			results.addEventListener("click", (e) => {
				const a = e.target.closest("a");
				if (a && a.hash && a.pathname === location.pathname && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
					e.preventDefault();
					open(a);
				}
			});
			addEventListener("keydown", (e) => {
				const typing = e.target.closest("input, textarea, select, [contenteditable]");
				if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
					e.preventDefault();
					input.focus();
					input.select();
				} else if (e.key === "Escape" && !typing && query !== "") {
					clear();
					input.focus();
				} else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && results.contains(e.target)) {
					const links = all(".row > a, h3 > a", results);
					const next = links.indexOf(e.target) + (e.key === "ArrowDown" ? 1 : -1);
					e.preventDefault();
					(next < 0 ? input : links[next])?.focus();
				}
			});
			for (const a of all("a.status")) {
				a.addEventListener("click", (e) => {
					e.preventDefault();
					filter(a.textContent);
					input.focus();
				});
			}
			for (const a of all(".contents a")) {
				a.addEventListener("click", () => { if (query !== "") clear(); });
			}
			addEventListener("hashchange", land);
			addEventListener("popstate", visit);
			visit();
			if (location.hash) land();
		}

		// Copying, from one listener for all buttons.
		function copying() {
			addEventListener("click", async (e) => {
				const b = e.target.closest("button.copy");
				if (!b) return;
				const url = new URL(location.href);
				url.search = "";
				if (!one(".index")) url.pathname = url.pathname.replace(/[^/]*$/, "index.html"); // where a code's link stays the same
				url.hash = b.closest(".entry")?.id ?? "";
				const ok = await copy({ link: () => url.href, json: () => shown(b).querySelector(".json").textContent, curl: () => mock(shown(b)), code: () => shown(b).textContent }[b.dataset.copy]());
				const words = b.dataset.words ??= b.textContent;
				b.textContent = ok ? "Copied" : "Not allowed";
				b.classList.toggle("done", ok);
				setTimeout(() => {
					b.textContent = words;
					b.classList.remove("done");
				}, 1500);
			});
		}

		// shown returns the block of code that a button is about.
		function shown(button) {
			const figure = button.closest("figure");
			return figure.querySelector(".panel.shown pre, :scope > pre") ?? figure.querySelector("pre");
		}

		// mock returns a command that answers one request with a response.
		function mock(pre) {
			const quote = (text) => "'" + text.replaceAll("'", "'\\''") + "'";
			const body = JSON.stringify(JSON.parse(pre.querySelector(".json").textContent));
			const head = pre.querySelector(".head").textContent.trim().split("\n");
			const lines = [...head, "Content-Length: " + new TextEncoder().encode(body).length, "Connection: close", "", body];
			return `printf '%s\\r\\n' ${lines.map(quote).join(" ")} | nc -l 127.0.0.1 8080 &\nsleep 1; curl -i http://127.0.0.1:8080/\n`;
		}

		async function copy(text) {
			try {
				await navigator.clipboard.writeText(text);
				return true;
			} catch { /* not over plain http: there is the old way */ }
			const area = document.createElement("textarea");
			area.value = text;
			document.body.append(area);
			area.select();
			const ok = document.execCommand("copy");
			area.remove();
			return ok;
		}

		// Tabs, from one listener for all: the panel of the tab that is chosen, by a click or an arrow.
		function tabs() {
			addEventListener("click", (e) => {
				const tab = e.target.closest("[role=tab]");
				if (tab) pick(tab);
			});
			addEventListener("keydown", (e) => {
				const tab = e.target.closest("[role=tab]");
				const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
				if (!tab || !step) return;
				e.preventDefault();
				const list = all("[role=tab]", tab.parentElement);
				const next = list[(list.indexOf(tab) + step + list.length) % list.length];
				pick(next);
				next.focus();
			});
			const chooser = one("select.language");
			chooser?.addEventListener("change", () => {
				const bar = one(".top").getBoundingClientRect().bottom;
				const inView = all("h2, h3, .example").find((e) => e.getBoundingClientRect().top >= bar) ?? chooser;
				speak(chooser.value, inView);
			});
			const language = stored("language"), known = language && one(`[data-language="${CSS.escape(language)}"]`);
			if (known && known.ariaSelected !== "true") show(language);
		}

		// pick chooses a tab. A language is chosen for all samples, and remembered.
		function pick(tab) {
			const language = tab.dataset.language;
			if (!language) return choose(tab);
			speak(language, tab);
		}

		// speak chooses a language for all samples. What is in view stays where it is, although samples above may be of another height.
		function speak(language, inView) {
			const at = inView.getBoundingClientRect().top;
			show(language);
			scrollBy(0, inView.getBoundingClientRect().top - at);
			store("language", language);
		}

		function show(language) {
			for (const tab of all(`[data-language="${CSS.escape(language)}"]`)) choose(tab);
			const option = one(`select.language > option[value="${CSS.escape(language)}"]`);
			if (option) option.selected = true;
		}

		function choose(tab) {
			for (const other of all("[role=tab]", tab.parentElement)) {
				const chosen = other === tab;
				other.setAttribute("aria-selected", String(chosen));
				other.tabIndex = chosen ? 0 : -1;
				document.getElementById(other.getAttribute("aria-controls"))?.classList.toggle("shown", chosen);
			}
		}

		// Code that is wider than its box scrolls, by the keyboard as well.
		function scrolling() {
			const observer = new IntersectionObserver((changes) => {
				for (const { target, isIntersecting } of changes) {
					if (!isIntersecting) continue;
					if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
					else target.removeAttribute("tabindex");
				}
			});
			for (const pre of all("pre")) observer.observe(pre);
		}

		// On a narrow screen the contents open above the page.
		function menu() {
			const button = one(".menu"), contents = one(".contents");
			if (!button) return;
			const open = (is) => {
				contents.classList.toggle("open", is);
				button.setAttribute("aria-expanded", String(is));
			};
			button.addEventListener("click", () => open(!contents.classList.contains("open")));
			contents.addEventListener("click", (e) => { if (e.target.closest("a")) open(false); });
			addEventListener("keydown", (e) => {
				if (e.key === "Escape" && contents.classList.contains("open")) {
					open(false);
					button.focus();
				}
			});
		}

		// The contents show where on the page the reader is.
		function spying(links) {
			const named = new Map(links.map((a) => [document.getElementById(decodeURIComponent(a.hash.slice(1))), a]));
			named.delete(null);
			const inView = new Set();
			const observer = new IntersectionObserver((changes) => {
				for (const c of changes) inView[c.isIntersecting ? "add" : "delete"](c.target);
				const current = [...named.keys()].find((e) => inView.has(e));
				if (!current) return;
				for (const a of links) a.removeAttribute("aria-current");
				named.get(current).setAttribute("aria-current", "true");
			}, { rootMargin: "-15% 0px -65% 0px" });
			for (const target of named.keys()) observer.observe(target);
		}
	});
})();
