package fr.passnumerique.clearing.access;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Accounts and API keys over HTTP. They are no facts: whoever may log in is no part of the ledger.
 */
@RestController
public final class AccountEndpoint {
  private final Accounts accounts;
  private final SecondFactors factors;

  AccountEndpoint(Accounts accounts, SecondFactors factors) {
    this.accounts = accounts;
    this.factors = factors;
  }

  /**
   * @param password left out for an account of programs, which a clerk's never is
   * @param subject the funder, venue or prescriber it acts for; left out for clerks and auditors
   */
  public record NewAccount(
      String login, @Nullable String password, Role role, Optional<String> subject) {
    @Override
    public String toString() {
      return "NewAccount[" + role + "]";
    }
  }

  /**
   * @param current one's own of before, as at the login; needed where no second factor was shown
   */
  record NewPassword(String password, Optional<String> current) {
    @Override
    public String toString() {
      return "NewPassword[]";
    }
  }

  /**
   * @param current as at the login, with the approver's code after it where it is the first
   */
  public record OwnPassword(String current, String password) {
    @Override
    public String toString() {
      return "OwnPassword[]";
    }
  }

  public record NewKey(String label) {}

  @GetMapping("/api/me")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(operationId = "readMe", summary = "The account that asks, its role and its subject")
  Actor readMe(Actor actor) {
    return actor;
  }

  @PutMapping("/api/me/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  @Operation(
      operationId = "changeMyPassword",
      summary = "Set another password of one's own and end one's sessions, this one too",
      description =
          """
          With the one of before as `current` (`PASSWORD_WRONG`; wrong ones wait as wrong codes \
          do, 429 `TOO_MANY_ATTEMPTS`), whatever stands behind the session or key that asks. It is \
          another one, and a clerk's another than the account was made with \
          (`PASSWORD_NOT_ANOTHER`). API keys stay, but for those of a clerk that takes its account \
          over by it, as `changePassword` says. Sent again it is refused: `current` is no more.\
          """)
  public void changeMyPassword(@RequestBody OwnPassword own, SignedIn by) {
    factors.requirePassword(by, own.current());
    if (own.password().equals(own.current())) {
      throw Accounts.notAnother("this is the password of before", "is the one of before");
    }
    accounts.changePassword(by.actor().account(), own.password(), by);
  }

  @PostMapping("/api/accounts")
  @ResponseStatus(HttpStatus.CREATED)
  @Permit(Role.CLERK)
  @Operation(
      operationId = "createAccount",
      summary = "Create an account",
      description =
          """
          A clerk's account that is made while there has never been more than one lets its owner \
          in at once: there is nobody yet to ask. Every later one has `awaitsApproval`: nobody \
          logs in until another clerk than its maker approves it (`approveAccount`), and \
          then with the password given here and the approver's code typed after it. Such an \
          account needs a password (`PASSWORD_REQUIRED`), since its owner alone makes its keys.

          Sent again it is refused (`LOGIN_TAKEN`); sent again with its `Idempotency-Key` it is \
          answered with the account that it made.\
          """)
  public Account createAccount(
      @RequestBody NewAccount account,
      SignedIn by,
      @RequestAttribute(name = IdempotencyKey.NAME, required = false) @Nullable UUID made) {
    return accounts.create(
        made == null ? UUID.randomUUID() : made,
        account.login(),
        account.password(),
        account.role(),
        account.subject().orElse(""),
        by);
  }

  @GetMapping("/api/accounts")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(operationId = "listAccounts", summary = "All accounts, by login")
  List<Account> listAccounts() {
    return accounts.all();
  }

  @PostMapping("/api/accounts/{accountId}/approval")
  @Permit(value = Role.CLERK, secondFactor = true)
  @Operation(
      operationId = "approveAccount",
      summary = "Let a clerk's account in that another clerk made",
      description =
          """
          By another clerk than its maker, and one who has set a password itself where its maker \
          made it, else `SECOND_PERSON_REQUIRED`. The answer shows a \
          `code`, this once: give it to the owner of the account, and to nobody else. The owner \
          logs in with the password that the maker gave and the code directly after it, in one \
          field, until it sets a password of its own (`changePassword`): neither maker nor \
          approver can log in alone. If the code is lost, disable the account and create another.

          Sent again it is answered without a code, as is one of an account that awaits nothing. \
          Where no other clerk is left, the operator of the machine approves by the setting \
          `pass.access.approve`, the login, at a start.\
          """)
  Account.Approved approveAccount(@PathVariable String accountId, SignedIn by) {
    return accounts.approve(accountId, by);
  }

  @PostMapping("/api/accounts/{accountId}/disable")
  @Permit(Role.CLERK)
  @Operation(
      operationId = "disableAccount",
      summary = "End an account's logins, sessions and API keys, for good")
  public Account disableAccount(@PathVariable String accountId, Actor by) {
    return accounts.disable(accountId, by);
  }

  @PutMapping("/api/accounts/{accountId}/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Permit(Role.CLERK)
  @Operation(
      operationId = "changePassword",
      summary = "Set another password and end the account's sessions",
      description =
          """
          A clerk's is set by itself alone, else `PASSWORD_OF_ANOTHER_CLERK`: where it is lost, \
          disable the account and create another. It is another than the one that its account was \
          made with, else `PASSWORD_NOT_ANOTHER`.

          A clerk whom one clerk made alone, or the operator let in, takes its account over by its \
          first own password: all its API keys of before are revoked, the one that asks included, \
          and it makes a new one (`createFirstKey`). From then on it counts as a second person. \
          Later passwords, and that of a clerk whom another approved, leave the keys as they are.

          Who sets its own, by a session or a key behind which no second factor stands, sends the \
          one of before as `current` (`PASSWORD_WRONG`; wrong ones wait as wrong codes do, 429 \
          `TOO_MANY_ATTEMPTS`), with the approver's code after it where it is the first.

          Who sets that of another account is no second person for it from then on.\
          """)
  void changePassword(
      @PathVariable String accountId, @RequestBody NewPassword password, SignedIn by) {
    if (accountId.equals(by.actor().account())) {
      factors.requirePasswordOrFactor(by, password.current().orElse(null));
    }
    accounts.changePassword(accountId, password.password(), by);
  }

  @PostMapping("/api/accounts/{accountId}/keys")
  @ResponseStatus(HttpStatus.CREATED)
  @Permit(Role.CLERK)
  @Operation(
      operationId = "createApiKey",
      summary = "Make an API key; it is shown this once",
      description =
          """
          A clerk's is made by itself alone, else `KEY_OF_ANOTHER_CLERK`: the first by its login \
          and password (`createFirstKey`), or by its session after a login, where its page's CSRF \
          token is sent as `X-CSRF-TOKEN`. Of the second clerk, \
          whom the first has made alone, that one makes the first key too, while it has neither a \
          key nor a password of its own; until the second has set a password itself \
          (`changePassword`, which revokes that key), the two are one person wherever a second one \
          is needed.

          Who makes a key of a funder's, venue's, prescriber's or auditor's account is no second \
          person for that account from then on, even if the key is revoked.

          Sent again it makes another key: revoke the one whose answer was lost, told by its \
          label. Sent again with its `Idempotency-Key` it makes none and is refused (409 \
          `KEY_SHOWN_ONCE`), since the key itself is kept nowhere; the refusal names it.\
          """)
  public ApiKey.Issued createApiKey(
      @PathVariable String accountId,
      @RequestBody NewKey key,
      SignedIn by,
      @RequestAttribute(name = IdempotencyKey.NAME, required = false) @Nullable UUID made) {
    return accounts.createKey(made == null ? UUID.randomUUID() : made, accountId, key.label(), by);
  }

  @GetMapping("/api/accounts/{accountId}/keys")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "listApiKeys",
      summary = "An account's API keys, without the keys themselves")
  public List<ApiKey> listApiKeys(@PathVariable String accountId) {
    return accounts.keys(accountId);
  }

  @DeleteMapping("/api/accounts/{accountId}/keys/{keyId}")
  @Permit(Role.CLERK)
  @Operation(operationId = "revokeApiKey", summary = "Take an API key away, within a second")
  public ApiKey revokeApiKey(@PathVariable String accountId, @PathVariable String keyId, Actor by) {
    return accounts.revokeKey(accountId, keyId, by);
  }
}
