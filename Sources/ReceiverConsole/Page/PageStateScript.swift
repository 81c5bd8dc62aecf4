extension LivePage {
    static let stateScript = #"""
        /** What is known: endpoints by id, each with its requests by number and its news. */
        const state = { endpoints: new Map(), chosen: null, request: null, cursor: 0 };
        const kept = { requests: 1000, news: 200, deliveries: 100, attempts: 60 };

        function endpointOf(id) { return state.endpoints.get(id); }
        function chosen() { return endpointOf(state.chosen); }

        function takeEndpoint(info) {
          const known = endpointOf(info.id);
          if (known) { known.info = info; return known; }
          const endpoint = { info, requests: new Map(), news: [], isLoaded: false };
          state.endpoints.set(info.id, endpoint);
          return endpoint;
        }

        function takeRequest(request) {
          const endpoint = endpointOf(request.endpoint);
          if (!endpoint) return;
          const before = endpoint.requests.get(request.number);
          if (before && before.cursor > request.cursor) return;
          endpoint.requests.set(request.number, request);
          endpoint.info.requests = Math.max(endpoint.info.requests, request.number);
          // The map keeps the order in which numbers first came, which is theirs but for a reload.
          while (endpoint.requests.size > kept.requests) {
            endpoint.requests.delete(endpoint.requests.keys().next().value);
          }
        }

        function takeNews(id, cursor, at, text, kind) {
          const endpoint = endpointOf(id);
          if (!endpoint || endpoint.news.some((item) => item.cursor === cursor)) return;
          endpoint.news.push({ cursor, at, text, kind });
          if (endpoint.news.length > kept.news) endpoint.news.shift();
        }

        /** Reads everything anew: at the beginning, and after something was missed. */
        async function load() {
          const answer = await call("GET", "/api/endpoints");
          const ids = new Set(answer.endpoints.map((info) => info.id));
          for (const id of state.endpoints.keys()) if (!ids.has(id)) state.endpoints.delete(id);
          for (const info of answer.endpoints) takeEndpoint(info);
          state.cursor = answer.cursor;
          if (!chosen()) choose(answer.endpoints.length ? answer.endpoints[0].id : null);
          await loadRequests();
          drawSoon();
        }

        async function loadRequests() {
          const endpoint = chosen();
          if (!endpoint) return;
          const since = Math.max(0, endpoint.info.requests - kept.requests);
          const path = "/api/endpoints/" + encodeURIComponent(endpoint.info.id) + "/requests";
          const answer = await call("GET", path + "?limit=1000&since=" + since);
          const live = endpoint.requests;
          endpoint.requests = new Map();
          for (const request of answer.requests) endpoint.requests.set(request.number, request);
          for (const request of live.values()) {
            if (request.number > answer.next || endpoint.requests.has(request.number)) takeRequest(request);
          }
          endpoint.info.requests = Math.max(endpoint.info.requests, answer.arrived);
          endpoint.info.requests_dropped = answer.dropped;
          if (!endpoint.isLoaded) await loadFailures(endpoint);
          endpoint.isLoaded = true;
          drawSoon();
        }

        async function loadFailures(endpoint) {
          const answer = await call("GET", "/api/endpoints/" + encodeURIComponent(endpoint.info.id) + "/failures");
          for (const news of answer.failures) takeFailure(news, news.kind);
          endpoint.news.sort((left, right) => left.cursor - right.cursor);
        }

        function takeFailure(news, kind) {
          if (kind === "problem") { takeNews(news.endpoint, news.cursor, news.at, news.message, "problem"); return; }
          const asked = news.receipt ? " (" + news.receipt.asked + ")" : "";
          const where = news.connection ? "connection " + news.connection + ": " : "";
          takeNews(news.endpoint, news.cursor, news.at, where + news.reason + asked, "failed");
        }

        let reloadTimer;
        function reloadSoon() {
          if (reloadTimer) return;
          reloadTimer = setTimeout(() => {
            reloadTimer = undefined;
            load().catch((problem) => toast(told(problem)));
          }, 1000);
        }

        /** Listens to the stream of events; the browser connects anew by itself and says what it had. */
        function listen() {
          const source = new EventSource("/events?since=" + state.cursor);
          const link = by("link");
          source.addEventListener("open", () => { setText(link, "live"); link.classList.add("live"); });
          source.addEventListener("error", () => {
            setText(link, source.readyState === EventSource.CLOSED ? "ended" : "reconnecting");
            link.classList.remove("live");
            if (source.readyState !== EventSource.CLOSED) return;
            source.close();
            setTimeout(() => { load().then(listen, listen); }, 3000);
          });
          const on = (name, take) => source.addEventListener(name, (event) => {
            take(JSON.parse(event.data));
            drawSoon();
          });
          let isFirst = true;
          on("hello", (hello) => {
            // Another receiver at this address counts from the beginning: nothing that is known is of it.
            if (hello.cursor < state.cursor) {
              state.endpoints.clear();
              closeDetail(false);
            }
            state.cursor = hello.cursor;
            if (!isFirst) reloadSoon();
            isFirst = false;
          });
          on("request", takeRequest);
          on("failure", (news) => takeFailure(news, "failure"));
          on("problem", (news) => takeFailure(news, "problem"));
          on("script", (news) => {
            takeNews(news.endpoint, news.cursor, news.at, "another script, by " + news.origin, "changed");
            call("GET", "/api/endpoints/" + encodeURIComponent(news.endpoint)).then((info) => {
              takeEndpoint(info);
              scriptCame(info, news.origin);
              drawSoon();
            }, () => undefined);
          });
          on("opened", (news) => { if (!endpointOf(news.endpoint)) reloadSoon(); });
          on("closed", (news) => {
            state.endpoints.delete(news.endpoint);
            if (state.chosen === news.endpoint) {
              toast("The endpoint was closed.");
              choose(state.endpoints.size ? state.endpoints.keys().next().value : null);
            }
          });
          on("missed", reloadSoon);
        }

        """#
}
