package fr.passnumerique.ui.account;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import fr.passnumerique.clearing.access.Act;
import fr.passnumerique.clearing.access.Administration;
import fr.passnumerique.clearing.access.ApiKey;
import fr.passnumerique.clearing.access.Disclosures.Disclosure;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.SecondFactor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.ProblemBody;
import fr.passnumerique.ui.print.QrCode;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.RefusalWords;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Accounts, sessions and second factors in states that are hard to bring about. */
@Controller
@Import(LoginPage.class)
public final class AccountSpecimens {
  private static final Instant AT = Instant.parse("2026-11-24T16:05:12.123456Z");
  private static final AccountRow CLERK =
      new AccountRow(
          "clerk-1", "m.durand", Role.CLERK, "", AT, Badge.good("Actif"), true, "/comptes/clerk-1");
  private static final List<AccountRow> ALL =
      List.of(
          CLERK,
          new AccountRow(
              "venue-1",
              "mediatheque@creuse.fr",
              Role.VENUE,
              "21230096100018",
              AT,
              Badge.bad("Désactivé"),
              false,
              "/comptes/venue-1"));

  @GetMapping("/specimen/my-sessions/{state}")
  String mySessions(@PathVariable String state, Model model) {
    List<SessionRow> all =
        List.of(
            row("Firefox sur Windows", true, "/compte/sessions/1/fin"),
            row("Safari sur iPhone", false, "/compte/sessions/2/fin"));
    model.addAttribute("sessions", state.equals("one") ? all.subList(0, 1) : all);
    if (state.equals("ended")) {
      model.addAttribute("ended", "La session a pris fin.");
    }
    return "my-sessions";
  }

  private static SessionRow row(String device, boolean current, String end) {
    return new SessionRow(device, "2001:db8:85a3::8a2e:370:7334", AT, AT, current, current, end);
  }

  @GetMapping("/specimen/my-password/{state}")
  String myPassword(@PathVariable String state, Model model) {
    if (state.equals("unlike")) {
      model.addAttribute("trouble", MyAccountPages.UNLIKE);
    }
    return "my-password";
  }

  @GetMapping("/specimen/second-factor/{state}")
  String secondFactor(@PathVariable String state, Model model) {
    boolean enrolled = state.equals("enrolled") || state.equals("codes");
    model.addAttribute(
        "factor",
        new SecondFactor(enrolled ? Optional.of(AT) : Optional.empty(), enrolled ? 9 : 0, true));
    if (state.equals("begun") || state.equals("wrong")) {
      SecondFactor.Begun begun =
          new SecondFactor.Begun(
              "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
              "otpauth://totp/Pass%20num%C3%A9rique:m.durand?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Pass%20num%C3%A9rique");
      model.addAttribute("begun", begun);
      model.addAttribute("qr", QrCode.of(begun.address(), ErrorCorrectionLevel.M));
    }
    if (state.equals("wrong")) {
      model.addAttribute(
          "trouble", RefusalWords.of(new Problem(422, "CODE_WRONG", "wrong", "type it again")));
    }
    if (state.equals("codes")) {
      model.addAttribute("codes", List.of("mfra-ggzb-y4tq-ue5k", "nbsw-y3dp-ehpk-3pxp"));
    }
    return "second-factor";
  }

  @GetMapping("/specimen/accounts/{state}")
  String accounts(@PathVariable String state, Model model) {
    boolean full = state.equals("full");
    model.addAttribute("clerk", true);
    model.addAttribute("accounts", full ? ALL : List.of());
    model.addAttribute("contains", full ? "" : "<b>");
    model.addAttribute("next", full ? "m.durand" : null);
    return "accounts";
  }

  @GetMapping("/specimen/account-approve/{state}")
  String approve(@PathVariable String state, Model model) {
    model.addAttribute("account", CLERK);
    model.addAttribute("code", state.equals("code") ? "h7Kq-mZ2c" : null);
    return "account-approve";
  }

  @GetMapping("/specimen/account-new/{state}")
  String accountNew(@PathVariable String state, Model model) {
    boolean bad = state.equals("bad");
    model.addAttribute(
        "typed",
        bad
            ? new AccountPages.Typed(
                new UUID(0, 7), "m. durand", Role.VENUE, "21230096100018", "un secret")
            : AccountPages.Typed.nothing());
    model.addAttribute(
        "trouble",
        bad
            ? RefusalWords.of(new Problem(422, "LOGIN_REFUSED", "refused", "choose another"))
            : null);
    return "account-new";
  }

  @GetMapping("/specimen/account-disable")
  String disable(Model model) {
    model.addAttribute("account", CLERK);
    return "account-disable";
  }

  @GetMapping("/specimen/account/{state}")
  String account(@PathVariable String state, Model model) {
    boolean full = state.equals("full");
    model.addAttribute("account", CLERK);
    model.addAttribute("clerk", true);
    model.addAttribute("disable", "/comptes/clerk-1/desactivation");
    model.addAttribute("approve", full ? "/comptes/clerk-1/approbation" : null);
    model.addAttribute("resettable", full);
    model.addAttribute("newKey", full ? "/comptes/clerk-1/cles/nouvelle" : null);
    model.addAttribute(
        "keys",
        full
            ? KeyRow.of(
                List.of(
                    key("Logiciel de caisse de la médiathèque", Optional.empty(), Optional.of(AT)),
                    key("Essai", Optional.of(AT), Optional.empty())),
                "/comptes/clerk-1/cles")
            : List.of());
    model.addAttribute(
        "sessions",
        full
            ? List.of(row("Chrome sur Android", false, "/comptes/clerk-1/sessions/1/fin"))
            : List.of());
    model.addAttribute(
        "factor", new SecondFactor(full ? Optional.of(AT) : Optional.empty(), full ? 1 : 0, true));
    model.addAttribute("lines", trail());
    return "account";
  }

  private static ApiKey key(String label, Optional<Instant> revoked, Optional<Instant> used) {
    return new ApiKey(
        "key-1", "clerk-1", label, "pn_h7KqmZ", AT, revoked, used, Optional.of("clerk-1"));
  }

  @GetMapping("/specimen/account-key/{state}")
  String key(@PathVariable String state, Model model) {
    model.addAttribute("account", CLERK);
    model.addAttribute("cle", new UUID(0, 7));
    model.addAttribute("label", state.equals("bad") ? "" : "Logiciel de caisse");
    if (state.equals("bad")) {
      model.addAttribute(
          "trouble",
          RefusalWords.of(new Problem(409, "ACCOUNT_DISABLED", "disabled", "choose another")));
    }
    if (state.equals("made")) {
      model.addAttribute(
          "key",
          new ApiKey.Issued(
              "key-1",
              "clerk-1",
              "Logiciel de caisse",
              "pn_aT3l0h7KqmZ2cW8xY5uN1bV6eR4sQ9dF0gJ2kL7mP3o"));
    }
    return "account-key";
  }

  @GetMapping("/specimen/factor-reset")
  String reset(Model model) {
    model.addAttribute("account", CLERK);
    return "factor-reset";
  }

  @GetMapping("/specimen/administration/{state}")
  String administration(@PathVariable String state, Model model) {
    model.addAttribute("lines", state.equals("full") ? trail() : List.of());
    model.addAttribute("next", state.equals("full") ? 42L : null);
    return "administration";
  }

  @GetMapping("/specimen/disclosures/{state}")
  String disclosures(@PathVariable String state, Model model) {
    boolean full = state.equals("full");
    model.addAttribute(
        "lines",
        DisclosureRow.of(
            Stream.of("account", "bank-note", "reversal-note", "bank-exception-note", "label-note")
                .filter(_ -> full)
                .map(kind -> new Disclosure(1, AT, "m.durand", "21230001200017", kind, "entry"))
                .toList(),
            account -> account));
    model.addAttribute("next", full ? 42L : null);
    return "disclosures";
  }

  private static List<TrailRow> trail() {
    return TrailRow.of(
        Arrays.stream(Act.values())
            .map(act -> new Administration.Line(1, AT, act, "m.durand", "engine", "ALL"))
            .toList(),
        account -> account);
  }

  @GetMapping("/specimen/factor-required")
  String required(Model model) {
    model.addAttribute("status", 403);
    model.addAttribute(
        "problem",
        new ProblemBody(
            "",
            "",
            403,
            "",
            "SECOND_FACTOR_REQUIRED",
            List.of(Problem.Fault.of("", "", "needs a second factor", "set one up")),
            null));
    return "error/403";
  }
}
