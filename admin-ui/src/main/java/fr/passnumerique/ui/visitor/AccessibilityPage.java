package fr.passnumerique.ui.visitor;

import fr.passnumerique.clearing.access.Permit;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Which criteria of the RGAA 4.1 are checked, and how. It says what tests do: whoever changes
 * {@code Chromium.look} or {@code PageShapesTest} reads it again.
 */
@Controller
final class AccessibilityPage {
  @GetMapping("/accessibilite")
  @Permit(everyone = true)
  String criteria() {
    return "accessibility";
  }
}
