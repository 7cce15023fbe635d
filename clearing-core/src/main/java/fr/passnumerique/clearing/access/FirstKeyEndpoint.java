package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A clerk's first API key without a browser. Whoever knows login and password makes one after a
 * login anyway: the same attempts are counted, and slowed down, as those of the login page.
 */
@RestController
final class FirstKeyEndpoint {
  private final AuthenticationManager logins;
  private final Accounts accounts;

  FirstKeyEndpoint(AuthenticationManager logins, Accounts accounts) {
    this.logins = logins;
    this.accounts = accounts;
  }

  /**
   * @param password with the code of the approval directly after it, where there is one
   * @param label what the key is for
   * @param code of the second factor, where the account has one
   */
  record FirstKey(String login, String password, String label, Optional<String> code) {
    @Override
    public String toString() {
      return "FirstKey[withheld]";
    }
  }

  @PostMapping("/api/first-key")
  @ResponseStatus(HttpStatus.CREATED)
  @Permit(everyone = true)
  @Operation(
      operationId = "createFirstKey",
      summary = "Make a clerk's first API key by its login and password; it is shown this once",
      description =
          """
          For the owner of a clerk's account of which no key counts: further ones are made with \
          that key (`createApiKey`), else `NOT_THE_FIRST_KEY`. The approver's code is typed \
          directly after the first password, as at a login. What is wrong is not told apart \
          (`LOGIN_OR_PASSWORD_WRONG`), and further attempts wait as those of the login page do \
          (429 `TOO_MANY_ATTEMPTS`). Where the account has a second factor its `code` is sent too \
          (`CODE_REQUIRED`, `CODE_WRONG`), and the key releases money where that asks for one.

          Sent again it makes none and is refused (`NOT_THE_FIRST_KEY`), since the key itself is \
          kept nowhere: where the answer was lost, another clerk revokes the key, and it is sent \
          once more.\
          """)
  ApiKey.Issued createFirstKey(@RequestBody FirstKey asked, HttpServletRequest request) {
    UsernamePasswordAuthenticationToken attempt =
        UsernamePasswordAuthenticationToken.unauthenticated(asked.login(), asked.password());
    attempt.setDetails(LoginAttempt.byProgram(request, asked.code().orElse(null)));
    try {
      return accounts.createFirstKey((SignedIn) logins.authenticate(attempt), asked.label());
    } catch (BadCredentialsException _) {
      throw new Problem(
          422,
          "LOGIN_OR_PASSWORD_WRONG",
          "no account that may log in has this login and password",
          List.of(
              Problem.Fault.of(
                  "login",
                  "",
                  "login or password are wrong, or the account awaits approval or is disabled",
                  "correct them; type the approver's code directly after a first password")));
    } catch (AccountLogin.CodeWanted e) {
      throw e.wrong() ? SecondFactors.wrong() : codeRequired();
    } catch (AccountLogin.TooManyAttempts e) {
      throw Problem.tooMany(
          "TOO_MANY_ATTEMPTS", "too many logins failed", Duration.ofSeconds(e.seconds()));
    } catch (AuthenticationServiceException _) {
      throw Problem.notNow("UNAVAILABLE", "the accounts cannot be read now", Duration.ofSeconds(2));
    }
  }

  private static Problem codeRequired() {
    return new Problem(
        422,
        "CODE_REQUIRED",
        "this account has a second factor",
        List.of(
            Problem.Fault.of(
                "code", "", "is missing", "send the code that the authenticator shows")));
  }
}
