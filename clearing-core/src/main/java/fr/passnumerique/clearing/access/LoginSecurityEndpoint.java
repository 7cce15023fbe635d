package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sessions, second factors and the administration trail over HTTP. */
@RestController
final class LoginSecurityEndpoint {
  private static final Table<Administration.Line> TRAIL =
      Table.<Administration.Line>of()
          .instant("at", "Le", Administration.Line::at)
          .text("act", "Acte", line -> line.act().name())
          .code("account", "Compte", Administration.Line::account)
          .code("by", "Par", Administration.Line::by)
          .code("detail", "Détail", Administration.Line::detail);

  private final Sessions sessions;
  private final SecondFactors factors;
  private final Administration trail;

  LoginSecurityEndpoint(Sessions sessions, SecondFactors factors, Administration trail) {
    this.sessions = sessions;
    this.factors = factors;
    this.trail = trail;
  }

  /**
   * @param code six digits, as the authenticator shows them now
   */
  record FirstCode(String code) {
    @Override
    public String toString() {
      return "FirstCode[withheld]";
    }
  }

  /**
   * @param password as at the login
   */
  record Again(String password) {
    @Override
    public String toString() {
      return "Again[withheld]";
    }
  }

  // -- sessions ----------------------------------------------------------------------------------

  @GetMapping("/api/me/sessions")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(
      operationId = "listMySessions",
      summary = "One's own logins in browsers that count",
      description =
          "The one that asks first, then the one that was seen last. What a browser says that it is"
              + " (`agent`) is its own word.")
  List<Session> listMySessions(SignedIn by) {
    return sessions.own(by);
  }

  @DeleteMapping("/api/me/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(
      operationId = "endMyOtherSessions",
      summary = "End one's own logins in browsers, all but the one that asks",
      description =
          "From their next request on, on another node within a second. By a session"
              + " (`LOGIN_REQUIRED`): an API key has none that would stay.")
  void endMyOtherSessions(SignedIn by) {
    sessions.endOthers(by);
  }

  @DeleteMapping("/api/me/sessions/{sessionId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(operationId = "endMySession", summary = "End one of one's own logins in a browser")
  void endMySession(@PathVariable String sessionId, SignedIn by) {
    sessions.end(by.actor().account(), sessionId, by);
  }

  @GetMapping("/api/accounts/{accountId}/sessions")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(operationId = "listSessions", summary = "An account's logins in browsers that count")
  List<Session> listSessions(@PathVariable String accountId, SignedIn by) {
    return sessions.of(accountId, by);
  }

  @DeleteMapping("/api/accounts/{accountId}/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Permit(Role.CLERK)
  @Operation(
      operationId = "endSessions",
      summary = "End all of an account's logins in browsers",
      description = "Its password and its API keys stay; `disableAccount` ends all of them.")
  void endSessions(@PathVariable String accountId, SignedIn by) {
    sessions.endAll(accountId, by);
  }

  @DeleteMapping("/api/accounts/{accountId}/sessions/{sessionId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Permit(Role.CLERK)
  @Operation(operationId = "endSession", summary = "End one of an account's logins in a browser")
  void endSession(@PathVariable String accountId, @PathVariable String sessionId, SignedIn by) {
    sessions.end(accountId, sessionId, by);
  }

  // -- second factor -----------------------------------------------------------------------------

  @GetMapping("/api/me/second-factor")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(
      operationId = "readMySecondFactor",
      summary = "Whether the account that asks has a second factor",
      description =
          """
          Where `required`, operations with `x-second-factor` are for sessions whose login showed \
          one, and for API keys that such a login made, or the engine itself; any other is \
          refused (403 `SECOND_FACTOR_REQUIRED`).\
          """)
  SecondFactor readMySecondFactor(SignedIn by) {
    return factors.of(by);
  }

  @PostMapping("/api/me/second-factor")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(
      operationId = "beginSecondFactor",
      summary = "Make a secret for an authenticator",
      description =
          """
          By a session, since a program has none (`LOGIN_REQUIRED`), and with the password once \
          more (`PASSWORD_WRONG`; wrong ones wait as wrong codes do). It asks for nothing until its first \
          code is sent (`confirmSecondFactor`). Sent again it makes another and the one before \
          ends; an account that has one in force is refused (`SECOND_FACTOR_ENROLLED`). It waits \
          for a quarter of an hour, and no longer than the password stays.\
          """)
  SecondFactor.Begun beginSecondFactor(@RequestBody Again again, SignedIn by) {
    return factors.begin(by, again.password());
  }

  @PostMapping("/api/me/second-factor/confirmation")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(
      operationId = "confirmSecondFactor",
      summary = "Put the second factor in force by its first code",
      description =
          """
          From then on each login asks for a code. The account's other sessions end; the one that \
          asks has shown the factor. The answer shows the recovery codes, this once: each stands \
          in for one code where the factor is lost. Wrong codes wait as wrong passwords do (429 \
          `TOO_MANY_ATTEMPTS`).\
          """)
  SecondFactor.RecoveryCodes confirmSecondFactor(
      @RequestBody FirstCode first, SignedIn by, HttpServletRequest request) {
    SecondFactor.RecoveryCodes codes = factors.confirm(by, first.code());
    // It may do more from now on than whoever knew its name before.
    request.changeSessionId();
    return codes;
  }

  @PostMapping("/api/me/second-factor/recovery-codes")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(
      operationId = "renewRecoveryCodes",
      summary = "Make other recovery codes; those of before end",
      description =
          """
          By a session that showed the factor (403 `SECOND_FACTOR_REQUIRED`), and with the password \
          once more (`PASSWORD_WRONG`; wrong ones wait as wrong codes do). Shown this once. Sent \
          again it makes others.\
          """)
  SecondFactor.RecoveryCodes renewRecoveryCodes(@RequestBody Again again, SignedIn by) {
    return factors.renewCodes(by, again.password());
  }

  @GetMapping("/api/accounts/{accountId}/second-factor")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(operationId = "readSecondFactor", summary = "Whether an account has a second factor")
  SecondFactor readSecondFactor(@PathVariable String accountId) {
    return factors.ofKnown(accountId);
  }

  @DeleteMapping("/api/accounts/{accountId}/second-factor")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "resetSecondFactor",
      summary = "Take another account's second factor away, which was lost",
      description =
          """
          Its sessions end, its next login asks for a password alone, and its API keys of before \
          release no money any more where that asks for a factor. Nobody takes its own away \
          (`OWN_SECOND_FACTOR`): where no other clerk is left, the operator of the machine does by \
          the setting `pass.access.reset-second-factor`, the login, at a start. Again is the same.\
          """)
  void resetSecondFactor(@PathVariable String accountId, SignedIn by) {
    factors.reset(accountId, by);
  }

  // -- trail -------------------------------------------------------------------------------------

  @GetMapping("/api/administration")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readAdministration",
      summary = "Who changed which account, key, second factor or session, the newest first",
      description =
          """
          `by` is the account that did it, or `engine` for the program and whoever starts it. \
          `detail` is a role, a key's or a session's identifier; empty where there is none. Lines \
          are never changed or taken away.\
          """)
  Administration.Lines readAdministration(
      @Parameter(description = "Of this account alone")
          @RequestParam(name = "account", required = false)
          @Nullable String account,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(name = "before", required = false)
          @Nullable Long before,
      @Parameter(description = "Lines a page, at most 1 000")
          @RequestParam(name = "limit", defaultValue = "100")
          int limit) {
    return trail.newest(account, before, limit);
  }

  @TableExport(
      path = "/api/administration/export",
      operationId = "exportAdministration",
      summary = "The whole administration trail as a file, the newest first")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportAdministration(TableDownload to) throws IOException {
    to.send(
        TRAIL,
        row -> {
          Administration.Lines page = trail.newest(null, null, Administration.LONGEST_PAGE);
          page.lines().forEach(row);
          while (page.next().isPresent()) {
            page = trail.newest(null, page.next().get(), Administration.LONGEST_PAGE);
            page.lines().forEach(row);
          }
        },
        "administration");
  }
}
