extension LivePage {
    static let timelineScript = #"""
        let isDrawDue = false;
        function drawSoon() {
          if (isDrawDue) return;
          isDrawDue = true;
          // Twenty times a second at most, however fast the events come; a hidden page draws when it is seen again.
          setTimeout(() => requestAnimationFrame(() => { isDrawDue = false; draw(); }), 50);
        }

        function draw() {
          drawEndpoints();
          drawEndpoint();
          if (state.request !== null) refreshDetail();
        }

        function choose(id) {
          if (state.chosen !== id) closeDetail(false);
          state.chosen = id;
          const endpoint = chosen();
          if (endpoint) showScript(endpoint.info);
          if (endpoint && !endpoint.isLoaded) loadRequests().catch((problem) => toast(told(problem)));
          remember();
          drawSoon();
        }

        function remember() {
          const parts = [state.chosen, state.request].filter((part) => part !== null).map(encodeURIComponent);
          history.replaceState(null, "", parts.length ? "#" + parts.join("/") : location.pathname);
        }

        function nameOf(info) { return info.name ? visible(info.name) : info.id; }

        function drawEndpoints() {
          const list = by("endpoints");
          const wanted = [...state.endpoints.values()];
          while (list.children.length > wanted.length) list.lastChild.remove();
          wanted.forEach((endpoint, place) => {
            let item = list.children[place];
            if (!item) {
              item = make("li", {}, make("button", { type: "button" }, make("span"), make("small")));
              item.firstChild.addEventListener("click", () => choose(item.dataset.id));
              list.append(item);
            }
            item.dataset.id = endpoint.info.id;
            const button = item.firstChild;
            if (endpoint.info.id === state.chosen) button.setAttribute("aria-current", "true");
            else button.removeAttribute("aria-current");
            setText(button.firstChild, nameOf(endpoint.info));
            const address = endpoint.info.url.replace(/^(https?:\/\/[^/]*).*/, "$1");
            setText(button.lastChild, count(endpoint.info.requests, "request", "requests") + "\n" + address);
          });
        }

        /** The word for an answer and the colour that goes with it; the word alone says all. */
        function meaning(request) {
          const answer = request.answer;
          if (request.malformed) return { kind: "odd", text: answer.status ?? "no answer", word: "malformed request" };
          if (answer.state === "waiting") return { kind: "wait", text: "waiting", word: "not answered yet" };
          if (answer.text.startsWith("fault ")) {
            return { kind: "odd", text: answer.text.slice(6), word: answer.status ? "fault, " + answer.status : "fault" };
          }
          if (answer.status === null) return { kind: "odd", text: "nothing", word: "not answered" };
          const cut = answer.state === "completed" ? "" : ", cut short";
          const words = { 2: "accepted", 3: "redirected", 4: "rejected", 5: "failed" };
          const first = Math.floor(answer.status / 100);
          const held = Number(answer.held_ms) >= 100 ? ", held " + duration(answer.held_ms) : "";
          const word = (words[first] ?? "answered") + held + cut;
          return { kind: first === 2 && !cut ? "good" : "bad", text: String(answer.status), word };
        }

        function signatureWord(request) {
          return request.signature ? "signature " + request.signature.state : null;
        }

        function drawEndpoint() {
          const endpoint = chosen();
          by("empty").hidden = Boolean(endpoint);
          by("endpoint").hidden = !endpoint;
          if (!endpoint) return;
          const info = endpoint.info;
          setText(by("endpoint-name"), nameOf(info));
          setText(by("endpoint-url"), info.url);
          by("evidence").href = "/api/endpoints/" + encodeURIComponent(info.id) + "/evidence";
          const groups = deliveries(endpoint);
          const identity = info.identity === "plain" ? "plain HTTP" : "TLS, certificate " + info.identity;
          const gone = info.requests - endpoint.requests.size;
          const among = gone > 0 ? " among the newest " + endpoint.requests.size : "";
          setText(by("counts"), [
            count(info.requests, "request", "requests"), count(groups.length, "delivery", "deliveries") + among, identity,
          ].join(" · "));
          setText(by("try"), "curl -d '{}' " + info.url);
          by("no-requests").hidden = endpoint.requests.size > 0;
          by("older").hidden = gone <= 0 && groups.length <= kept.deliveries;
          setText(by("older"), "Only the newest are shown; " + count(Math.max(gone, 0), "request is", "requests are")
            + " no longer here.");
          drawDeliveries(groups.slice(0, kept.deliveries));
          drawNews(endpoint);
        }

        /** Requests by delivery; the delivery with the newest request first, the attempts of each in order. */
        function deliveries(endpoint) {
          const groups = new Map();
          for (const request of [...endpoint.requests.values()].sort((left, right) => left.number - right.number)) {
            const key = request.delivery === null ? "" : "=" + request.delivery;
            if (!groups.has(key)) groups.set(key, { key, name: request.delivery, requests: [] });
            groups.get(key).requests.push(request);
          }
          const newest = (group) => group.requests[group.requests.length - 1].number;
          return [...groups.values()].sort((left, right) => newest(right) - newest(left));
        }

        function drawDeliveries(groups) {
          const box = by("timeline");
          const known = new Map([...box.children].map((section) => [section.dataset.key, section]));
          let place = box.firstChild;
          for (const group of groups) {
            let section = known.get(group.key);
            known.delete(group.key);
            if (!section) {
              section = make("section", { class: "delivery" }, make("h4"), make("ol", { class: "attempts" }));
              section.dataset.key = group.key;
            }
            // A section that stands right is not moved: moving would take the focus from a button in it.
            if (section !== place) box.insertBefore(section, place); else place = place.nextSibling;
            drawDelivery(section, group);
          }
          for (const section of known.values()) section.remove();
        }

        function drawDelivery(section, group) {
          const shown = group.requests.slice(-kept.attempts);
          const name = group.name === null ? "No delivery id" : "Delivery " + visible(group.name);
          const more = group.requests.length > shown.length ? ", the newest " + shown.length + " shown" : "";
          const heading = name + " — " + count(group.requests.length, "attempt", "attempts") + more;
          setText(section.firstChild, heading);
          const list = section.lastChild;
          const wanted = new Set(shown.map((request) => String(request.number)));
          for (const item of [...list.children]) {
            if (!wanted.has(item.dataset.number)) item.remove();
          }
          const items = new Map([...list.children].map((item) => [item.dataset.number, item]));
          shown.forEach((request, index) => {
            let item = items.get(String(request.number));
            if (!item) {
              item = attemptItem(request);
              list.append(item);
            }
            drawAttempt(item, request, index > 0);
          });
        }

        function attemptItem(request) {
          const button = make("button", { type: "button", class: "chip", "aria-pressed": "false" },
            make("b"), make("small", { class: "note" }), make("small"), make("small", { class: "note" }));
          const item = make("li", {}, make("span", { class: "gap" }), button);
          item.dataset.number = String(request.number);
          button.addEventListener("click", () => openDetail(request.number, true));
          return item;
        }

        function drawAttempt(item, request, hasOneBefore) {
          const [gap, button] = item.children;
          const gapText = hasOneBefore && request.gap_ms !== null ? duration(request.gap_ms) : "";
          gap.hidden = gapText === "";
          setText(gap, gapText);
          const { kind, text, word } = meaning(request);
          button.className = "chip " + kind;
          button.setAttribute("aria-pressed", String(state.request === request.number));
          setText(button.children[0], visible(text));
          setText(button.children[1], word);
          setText(button.children[2], "#" + request.number + " · " + clockTime(request.received_at));
          const signature = signatureWord(request);
          setText(button.children[3], signature ?? "");
          button.children[3].hidden = signature === null;
          const label = ["request " + request.number, gapText && gapText + " after the last attempt", text + ", " + word,
            signature];
          button.setAttribute("aria-label", label.filter(Boolean).join("; "));
        }

        function drawNews(endpoint) {
          by("failures-box").hidden = endpoint.news.length === 0;
          const list = by("failures");
          list.replaceChildren(...endpoint.news.slice(-50).reverse().map((news) =>
            make("li", {}, make("time", { datetime: news.at }, clockTime(news.at)), news.kind + ": " + visible(news.text))));
        }

        """#
}
