// The filter, the theme and the copy buttons. All that there is to read is there without them.
"use strict";
(() => {
	const root = document.documentElement;
	root.classList.add("js");

	// The theme is that of the system until the reader chooses one.
	const themes = ["auto", "light", "dark"];
	const stored = () => { try { return localStorage.getItem("errspec.theme"); } catch { return null; } };
	const store = (theme) => { try { localStorage.setItem("errspec.theme", theme); } catch { /* not kept, then */ } };
	let theme = themes.includes(stored()) ? stored() : "auto";
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
			button.textContent = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" }[theme];
			button.setAttribute("aria-label", "Theme: " + theme);
		};
		nameTheme();
		button.addEventListener("click", () => {
			theme = themes[(themes.indexOf(theme) + 1) % themes.length];
			applyTheme();
			nameTheme();
			store(theme);
		});

		copying();
		const input = document.getElementById("page.filter");
		if (input) filtering(input);
		spying(all(".contents a"));

		// Filtering. What matches is shown in a list of its own, as copies of the rows; the page behind it keeps its layout, so that
		// few elements change at a key. With ten thousand codes the frame is painted 9 to 34 ms after it.
		function filtering(input) {
			const count = one(".count"), results = one(".results"), behind = one(".page");
			const codes = all(".row").length;
			let read; // what there is to find, read when there is nothing else to do, or when it is needed
			const items = () => read ??= [...all(".row"), ...all(".entry.gone")].map((source) => ({ // a retired code has no row, but a short entry
				source, live: source.matches(".row"), text: (source.dataset.text + "\n" + source.textContent).toLowerCase(),
			}));
			(self.requestIdleCallback ?? setTimeout)(items);

			const first = 16, next = 84, more = 500; // how many results are shown: at once, a moment later, and on demand
			let query = "", matches = [], shown = 0, position = 0, later = 0;

			function apply(text) {
				const words = text.toLowerCase().split(/\s+/).filter(Boolean);
				if (query === "" && words.length > 0) position = scrollY;
				const before = query;
				query = words.join(" ");
				const narrower = before !== "" && query.startsWith(before); // one letter more: what did not match does not now
				matches = query === "" ? [] : (narrower ? matches : items()).filter((item) => words.every((w) => item.text.includes(w)));
				behind.classList.toggle("behind", query !== "");
				results.replaceChildren();
				shown = 0;
				clearTimeout(later);
				if (query !== "") {
					const live = matches.filter((item) => item.live).length, gone = matches.length - live;
					const title = document.createElement("h1");
					title.className = "sr";
					title.textContent = `Codes with “${text.trim()}”`;
					results.append(title);
					count.textContent = `${live} of ${codes} codes` + (gone > 0 ? ` and ${gone} retired` : "");
					extend(first);
					later = setTimeout(() => {
						extend(next);
						mark(words);
					}, 60);
					if (matches.length === 0) nothing(text.trim());
					scrollTo(0, 0);
				} else {
					count.textContent = "";
					if (before !== "") scrollTo(0, position);
				}
				mark(words);
			}

			// extend shows further results, under the headings that they have in the page.
			function extend(n) {
				let list;
				for (const { source, live } of matches.slice(shown, shown + n)) {
					const part = source.closest(".group, .part"), title = part.querySelector("h2, h3").textContent;
					if (list?.dataset.title !== title) {
						list = [...results.children].findLast((e) => e.dataset.title === title) ?? section(title, live);
					}
					const copy = source.cloneNode(true);
					copy.removeAttribute("id");
					for (const e of all("[id]", copy)) e.removeAttribute("id");
					copy.removeAttribute("aria-labelledby");
					if (!live) copy.querySelector("h3").replaceChildren(link(source));
					list.append(copy);
				}
				shown = Math.min(shown + n, matches.length);
				results.querySelector(".further")?.remove();
				if (shown < matches.length && shown > first) {
					const further = document.createElement("button");
					further.className = "further";
					further.textContent = `Show ${Math.min(more, matches.length - shown)} more`;
					further.addEventListener("click", () => {
						const last = all("a", results).at(-1);
						extend(more);
						mark(query.split(" "));
						last.focus();
					});
					results.append(further);
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
				q.textContent = text;
				p.append("No code matches ", q, ".");
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

			// remember keeps the filter in the address, so that it can be sent to somebody, and Back comes back to it.
			function remember(text) {
				const url = new URL(location.href);
				if (text === "") url.searchParams.delete("q");
				else url.searchParams.set("q", text);
				if (text !== "") url.hash = "";
				try { history.replaceState(null, "", url); } catch { /* some browsers allow none in a file */ }
			}

			function filter(text) {
				input.value = text;
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

			input.addEventListener("input", () => filter(input.value));
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
				const ok = await copy(b.dataset.copy === "link" ? url.href : b.closest("figure").querySelector("pre").textContent);
				const words = b.dataset.words ??= b.textContent;
				b.textContent = ok ? "Copied" : "Not allowed";
				b.classList.toggle("done", ok);
				setTimeout(() => {
					b.textContent = words;
					b.classList.remove("done");
				}, 1500);
			});
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
