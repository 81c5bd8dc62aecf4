extension LivePage {
    static let bodyScript = #"""
        let bodyView = "pretty";
        const mostBytes = 16384;

        function bytesOf(base64) { return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)); }

        /** Lays JSON out without reading its values: numbers, escapes and doubled names stay as they came. */
        function prettyJSON(text) {
          try { JSON.parse(text); } catch { return null; }
          let result = "", depth = 0, isInText = false, wasEscape = false;
          const newLine = () => "\n" + "  ".repeat(depth);
          for (let place = 0; place < text.length; place++) {
            const character = text[place];
            if (isInText) {
              result += character;
              if (wasEscape) wasEscape = false;
              else if (character === "\\") wasEscape = true;
              else if (character === "\"") isInText = false;
              continue;
            }
            if (/\s/.test(character)) continue;
            if (character === "\"") { isInText = true; result += character; continue; }
            if (character === "{" || character === "[") {
              const rest = /^\s*[}\]]/.exec(text.slice(place + 1, place + 200));
              if (rest) { result += character + rest[0].trim(); place += rest[0].length; continue; }
              depth = Math.min(depth + 1, 64);
              result += character + newLine();
            } else if (character === "}" || character === "]") {
              depth = Math.max(depth - 1, 0);
              result += newLine() + character;
            } else if (character === ",") result += "," + newLine();
            else if (character === ":") result += ": ";
            else result += character;
          }
          return result;
        }

        function prettyForm(text) {
          return text.split("&").map((pair) => {
            try { return decodeURIComponent(pair.replace(/\+/g, " ")).replace("=", " = "); } catch { return pair; }
          }).join("\n");
        }

        function hexDump(bytes) {
          const lines = [];
          for (let start = 0; start < bytes.length; start += 16) {
            const row = bytes.subarray(start, start + 16);
            const hex = [...row].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
            const text = [...row].map((byte) => byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".").join("");
            lines.push(start.toString(16).padStart(6, "0") + "  " + hex.padEnd(47) + "  " + text);
          }
          return lines.join("\n");
        }

        function contentType(request) {
          const found = request.headers.find(([name]) => name.toLowerCase() === "content-type");
          return found ? found[1].toLowerCase() : "";
        }

        function drawBody() {
          const request = shownDetail;
          if (!request) return;
          for (const button of document.querySelectorAll(".views button")) {
            button.setAttribute("aria-pressed", String(button.dataset.view === bodyView));
          }
          const body = request.body;
          const notes = [];
          if (body.cut) notes.push("Only the first " + size(bytesOf(body.base64).length) + " are kept.");
          if (request.body_redacted) notes.push("A secret in it was replaced by its name.");
          setText(by("body-title"), "Body, " + size(body.bytes));
          const view = by("body");
          view.className = bodyView === "bytes" ? "bytes" : "";
          if (bodyView === "bytes") {
            const head = bytesOf(request.head.base64), bytes = bytesOf(body.base64);
            const all = new Uint8Array(head.length + bytes.length);
            all.set(head);
            all.set(bytes, head.length);
            if (all.length > mostBytes) notes.push("The first " + size(mostBytes) + " are shown.");
            notes.push("Head and body as they came.");
            setText(view, hexDump(all.subarray(0, mostBytes)));
          } else if (body.bytes === 0) {
            setText(view, "(empty)");
          } else if (body.text === null) {
            notes.push("It is not UTF-8; what is not is shown as \uFFFD.");
            setText(view, visible(new TextDecoder().decode(bytesOf(body.base64)), true));
          } else {
            const pretty = bodyView !== "pretty" ? null
              : prettyJSON(body.text) ?? (contentType(request).includes("form-urlencoded") ? prettyForm(body.text) : null);
            setText(view, visible(pretty ?? body.text, true));
          }
          setText(by("body-note"), notes.join(" "));
        }

        function copyBody() {
          if (!shownDetail) return;
          if (shownDetail.body.text === null) { toast("The body is binary; copy it as curl, or take the evidence."); return; }
          copy(shownDetail.body.text, "The body is");
        }

        """#
}
