extension LivePage {
    static let detailScript = #"""
        let shownDetail = null;
        let detailCursor = 0;

        function requestPath(number) {
          return "/api/endpoints/" + encodeURIComponent(state.chosen) + "/requests/" + number;
        }

        async function openDetail(number, takesFocus) {
          const isOther = state.request !== number;
          state.request = number;
          if (isOther) { by("action-result").replaceChildren(); shownDetail = null; detailCursor = 0; }
          remember();
          by("detail").hidden = false;
          document.querySelector(".layout").classList.add("with-detail");
          drawSoon();
          try {
            const detail = await call("GET", requestPath(number));
            if (state.request !== number) return;
            shownDetail = detail;
            detailCursor = detail.cursor;
            drawDetail(detail);
            // Beside the timeline it is seen anyway; beneath it, or in its place, it must be gone to.
            const isBeside = matchMedia("(min-width: 70rem)").matches;
            if (takesFocus) by("detail").focus({ preventScroll: isBeside });
          } catch (problem) {
            toast(told(problem));
            closeDetail(true);
          }
        }

        function closeDetail(takesFocus) {
          const number = state.request;
          state.request = null;
          shownDetail = null;
          by("detail").hidden = true;
          document.querySelector(".layout").classList.remove("with-detail");
          remember();
          drawSoon();
          if (!takesFocus || number === null) return;
          const item = document.querySelector("#timeline li[data-number='" + Number(number) + "'] button");
          if (item) item.focus();
        }

        /** Reads the request again when its answer has come meanwhile. */
        function refreshDetail() {
          const latest = chosen()?.requests.get(state.request);
          if (!latest || !shownDetail || latest.cursor <= detailCursor) return;
          detailCursor = latest.cursor;
          openDetail(state.request, false);
        }

        function facts(list, pairs) {
          list.replaceChildren(...pairs.filter(([, value]) => value !== null && value !== undefined && value !== "")
            .flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, visible(value))]));
        }

        function drawDetail(request) {
          const title = "Request " + request.number + " — " + visible(request.method + " " + request.target);
          setText(by("detail-title"), title);
          const { kind, text, word } = meaning(request);
          const verdicts = [make("span", { class: "verdict " + kind }, "answer: " + visible(text) + " (" + word + ")")];
          if (request.signature) {
            const good = request.signature.state === "valid";
            verdicts.push(make("span", { class: "verdict " + (good ? "good" : "bad") },
              "signature " + request.signature.state + ": " + visible(request.signature.reason)));
          }
          by("detail-verdicts").replaceChildren(...verdicts);
          facts(by("facts"), [
            ["Received", new Date(request.received_at).toLocaleDateString() + ", " + clockTime(request.received_at)],
            ["Delivery", request.delivery],
            ["Attempt of it", request.delivery_attempt],
            ["Gap before it", request.gap_ms === null ? null : duration(request.gap_ms)],
            ["In the script", request.place],
            ["No rule applied", request.unmatched],
            ["Malformed", request.malformed],
            ["Version", request.version],
            ["Connection", request.connection + (request.stream === null ? "" : ", stream " + request.stream)],
          ]);
          const answer = request.answer;
          facts(by("answer-facts"), [
            ["The script asked", answer.asked],
            ["Status sent", answer.status ?? (answer.state === "waiting" ? "none yet" : "none")],
            ["Held for", answer.held_ms === null ? null : duration(answer.held_ms)],
            ["State", answer.state],
            ["Bytes sent", answer.bytes],
            ["Connection closed", answer.closed],
          ]);
          by("receipts").replaceChildren(...answer.receipts.map((receipt) => make("div", { class: "receipt" },
            make("strong", {}, "On the wire: "), visible(receipt.wire),
            make("ol", {}, ...receipt.kernel.map((step) => make("li", {}, visible(step)))))));
          by("headers").tBodies[0].replaceChildren(...request.headers.map(([name, value]) =>
            make("tr", {}, make("td", {}, visible(name)), make("td", {}, visible(value)))));
          drawBody();
        }

        async function replay() {
          const number = state.request;
          const button = by("replay");
          button.disabled = true;
          setText(by("action-result"), "Sending it again …");
          try {
            const answer = await call("POST", requestPath(number) + "/replay", {});
            const took = answer.took_ms === null ? "" : " after " + duration(answer.took_ms);
            const words = answer.ok ? "The replay was answered " + answer.status + took + "."
              : "The replay failed" + took + ": " + visible(answer.failure);
            const body = answer.body && answer.body.bytes > 0
              ? make("pre", { tabindex: "0" }, visible(answer.body.text ?? "(binary, " + size(answer.body.bytes) + ")", true))
              : null;
            by("action-result").replaceChildren(...[make("p", { class: "hint" }, words), body].filter(Boolean));
          } catch (problem) {
            by("action-result").replaceChildren(make("p", { class: "problem" }, told(problem)));
          } finally {
            button.disabled = false;
          }
        }

        async function copyCurl() {
          try {
            const answer = await call("GET", requestPath(state.request) + "/curl");
            await copy(answer.command, "The curl command is");
            const notes = answer.notes.map((note) => make("p", { class: "hint" }, visible(note)));
            by("action-result").replaceChildren(...notes,
              make("pre", { tabindex: "0" }, visible(answer.command, true)));
          } catch (problem) {
            by("action-result").replaceChildren(make("p", { class: "problem" }, told(problem)));
          }
        }

        """#
}
