package org.silhouettes.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What keeps a page from those who see it with little contrast, listen to it, or have a keyboard alone. A finding is a
 * sentence; a page as it should be has none.
 */
final class AccessAudit {

    /** Texts below the contrast that WCAG 2.1 asks for at level AA, 4.5 to 1, over all that is behind them. */
    private static final String CONTRASTS =
            """
            (() => {
              const colour = text => { const v = text.match(/[\\d.]+/g).map(Number); return [v[0], v[1], v[2], v[3] ?? 1]; };
              const over = ([r, g, b, a], below) => [r, g, b].map((v, i) => a * v + (1 - a) * below[i]);
              const luminance = rgb => rgb.map(v => v / 255).map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const chain = node => (node ? [...chain(node.parentElement), node] : []);
              const found = [];
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              let seen = 0;
              for (let text = texts.nextNode(); text; text = texts.nextNode()) {
                const node = text.parentElement;
                if (!text.data.trim() || !node.checkVisibility({ visibilityProperty: true })
                  || node.closest('.visually-hidden, .skip, noscript, option, :disabled')) continue;
                seen++;
                let behind = [255, 255, 255], opacity = 1;
                for (const one of chain(node)) {
                  const style = getComputedStyle(one);
                  behind = over(colour(style.backgroundColor), behind);
                  opacity *= Number(style.opacity);
                }
                const [r, g, b, a] = colour(getComputedStyle(node).color);
                const [x, y] = [luminance(over([r, g, b, a * opacity], behind)), luminance(behind)];
                const contrast = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
                if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(2)}: "${text.data.trim().slice(0, 40)}" in ${node.tagName}.${node.className}`);
              }
              return seen < 50 ? [`only ${seen} texts on the page`] : found;
            })()""";

    /** Keeps, in the page, what the Tab key should reach, in the document's order. */
    private static final String STOPS =
            "window.tabStops = [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex]')]"
                    + ".filter(node => node.tabIndex >= 0 && !node.disabled && node.checkVisibility()),"
                    + " document.activeElement.blur(), window.scrollTo(0, 0), tabStops.length";

    private static final String AT =
            """
            (() => {
              const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
              return {
                at: tabStops.indexOf(node), name: `${node.tagName}#${node.id}.${node.className}`,
                ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
                seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
              };
            })()""";

    /** Pictures, as Chromium's accessibility tree names them. */
    private static final Set<String> PICTURES = Set.of("img", "image", "Canvas");

    private final Chromium browser;

    AccessAudit(Chromium browser) {
        this.browser = browser;
    }

    /** Looks at the page as it is now. */
    List<String> findings() throws Exception {
        List<String> found = new ArrayList<>();
        browser.evaluate(CONTRASTS).forEach(one -> found.add(one.asText()));
        names(found);
        return found;
    }

    /** Every control and picture has to say what it is. */
    private void names(List<String> found) throws Exception {
        browser.call("Accessibility.enable", Map.of());
        for (JsonNode node :
                browser.call("Accessibility.getFullAXTree", Map.of()).path("nodes")) {
            String role = node.path("role").path("value").asText();
            boolean speaks = PICTURES.contains(role) || isFocusable(node);
            if (speaks
                    && !node.path("ignored").asBoolean()
                    && node.path("name").path("value").asText().isBlank()) {
                found.add("no name: " + role + ", " + htmlOf(node));
            }
        }
        browser.call("Accessibility.disable", Map.of());
    }

    private static boolean isFocusable(JsonNode node) {
        if (node.path("role").path("value").asText().equals("RootWebArea")) {
            return false;
        }
        for (JsonNode property : node.path("properties")) {
            if (property.path("name").asText().equals("focusable")) {
                return property.path("value").path("value").asBoolean();
            }
        }
        return false;
    }

    private String htmlOf(JsonNode node) throws Exception {
        String html = browser.call(
                        "DOM.getOuterHTML",
                        Map.of("backendNodeId", node.path("backendDOMNodeId").asInt()))
                .path("outerHTML")
                .asText();
        return html.substring(0, Math.min(120, html.length()));
    }

    /** Goes through the page by the Tab key: each control in the order of the document, in sight, with a ring around it. */
    List<String> tabFindings() throws Exception {
        List<String> found = new ArrayList<>();
        int stops = browser.evaluate(STOPS).asInt();
        if (stops < 30) {
            found.add("only " + stops + " stops for the Tab key");
        }
        for (int stop = 0; stop < stops; stop++) {
            browser.press("Tab");
            JsonNode reached = browser.evaluate(AT);
            if (reached.path("at").asInt() != stop
                    || !reached.path("ring").asBoolean()
                    || !reached.path("seen").asBoolean()) {
                found.add("stop " + stop + " of " + stops + ": " + reached);
            }
        }
        return found;
    }
}
