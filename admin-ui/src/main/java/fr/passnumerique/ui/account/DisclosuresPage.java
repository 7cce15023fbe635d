package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.DisclosureEndpoint;
import fr.passnumerique.clearing.access.Disclosures.Disclosed;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who read whose personal data. */
@Controller
final class DisclosuresPage {
  static final String PATH = "/lectures";
  private static final int SHOWN = 50;

  private final DisclosureEndpoint disclosures;
  private final UnaryOperator<String> logins;

  /**
   * @param logins the login of an account's identifier
   */
  DisclosuresPage(DisclosureEndpoint disclosures, UnaryOperator<String> logins) {
    this.disclosures = disclosures;
    this.logins = logins;
  }

  @GetMapping(PATH)
  @Permit(Role.AUDITOR)
  String disclosures(@RequestParam(required = false) @Nullable Long before, Model model) {
    Disclosed page = disclosures.readDisclosures(before, SHOWN);
    model.addAttribute("lines", DisclosureRow.of(page.disclosures(), logins));
    model.addAttribute("next", page.next().orElse(null));
    return "disclosures";
  }
}
