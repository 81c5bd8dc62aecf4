extension LivePage {
    static let toolScript = #"""
        const by = (id) => document.getElementById(id);

        /** Makes an element; children are elements or texts, and texts become text nodes. */
        function make(name, settings = {}, ...children) {
          const element = document.createElement(name);
          for (const [key, value] of Object.entries(settings)) {
            if (value === undefined || value === null || value === false) continue;
            if (key === "class") element.className = value;
            else if (key === "onclick") element.addEventListener("click", value);
            else element.setAttribute(key, value === true ? "" : String(value));
          }
          element.append(...children.filter((child) => child !== null && child !== undefined));
          return element;
        }

        function setText(element, text) {
          if (element.textContent !== text) element.textContent = text;
        }

        /** Writes characters that would not be seen, or would turn the line around, as `\u{1B}`. */
        function visible(text, keepsLines = false) {
          const hidden = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
          return String(text).replace(hidden, (character) => {
            if (keepsLines && (character === "\n" || character === "\t")) return character;
            if (keepsLines && character === "\r") return "\\r";
            return "\\u{" + character.codePointAt(0).toString(16).toUpperCase() + "}";
          });
        }

        function duration(milliseconds) {
          const value = Number(milliseconds);
          const sign = value < 0 ? "-" : "";
          const size = Math.abs(value);
          if (size < 1) return sign + size.toFixed(2) + " ms";
          if (size < 1000) return sign + Math.round(size) + " ms";
          if (size < 60000) return sign + (size / 1000).toFixed(size < 10000 ? 2 : 1) + " s";
          const seconds = Math.round(size / 1000);
          const parts = [[86400, "d"], [3600, "h"], [60, "m"], [1, "s"]];
          let rest = seconds;
          const words = [];
          for (const [length, unit] of parts) {
            const count = Math.floor(rest / length);
            rest -= count * length;
            if (count > 0) words.push(count + " " + unit);
          }
          return sign + words.slice(0, 2).join(" ");
        }

        function clockTime(text) {
          const date = new Date(text);
          const two = (number) => String(number).padStart(2, "0");
          return two(date.getHours()) + ":" + two(date.getMinutes()) + ":" + two(date.getSeconds())
            + "." + String(date.getMilliseconds()).padStart(3, "0");
        }

        function size(bytes) {
          if (bytes === 1) return "1 byte";
          if (bytes < 10240) return bytes + " bytes";
          if (bytes < 1048576) return (bytes / 1024).toFixed(1) + " KiB";
          return (bytes / 1048576).toFixed(1) + " MiB";
        }

        function count(number, one, many) { return number + " " + (number === 1 ? one : many); }

        /** Calls the control API; what it refuses is thrown with its own words. */
        async function call(method, path, body) {
          const settings = { method, headers: {}, cache: "no-store" };
          if (method !== "GET") {
            settings.headers["Content-Type"] = "application/json";
            settings.body = body === undefined ? undefined : JSON.stringify(body);
          }
          let response;
          try {
            response = await fetch(path, settings);
          } catch {
            throw { error: "The receiver does not answer.", help: "It may have ended." };
          }
          const answer = await response.json().catch(() => ({ error: "The answer cannot be read." }));
          if (!response.ok) throw answer;
          return answer;
        }

        let toastTimer;
        function toast(text) {
          setText(by("toast"), visible(text));
          clearTimeout(toastTimer);
          toastTimer = setTimeout(() => setText(by("toast"), ""), 4000);
        }

        async function copy(text, what) {
          try {
            await navigator.clipboard.writeText(text);
          } catch {
            const area = make("textarea", { readonly: true, "aria-hidden": true });
            area.value = text;
            document.body.append(area);
            area.select();
            const done = document.execCommand("copy");
            area.remove();
            if (!done) { toast("The browser does not let this page copy."); return; }
          }
          toast(what + " copied.");
        }

        function told(problem) {
          return visible([problem.error, problem.help].filter(Boolean).join(" "));
        }

        """#
}
