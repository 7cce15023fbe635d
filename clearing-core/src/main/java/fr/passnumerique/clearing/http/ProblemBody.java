package fr.passnumerique.clearing.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The body of every refused request: RFC 9457 problem details.
 *
 * @param type {@code urn:pass-numerique:problem:} and the code
 * @param title the code in words; the same for every problem of that code
 * @param status the HTTP status, repeated
 * @param detail what is wrong with this request: rule, value and remedy
 * @param code stable for ever; scripts compare it
 * @param errors what to mend, one by one, each with its remedy; never empty
 * @param incident under which the operator's log tells what happened; for failures of ours only
 */
public record ProblemBody(
    String type,
    String title,
    int status,
    String detail,
    String code,
    List<Problem.Fault> errors,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String incident) {

  public static final String MEDIA_TYPE = "application/problem+json";

  static ProblemBody of(Problem problem) {
    return of(problem, null);
  }

  static ProblemBody of(Problem problem, @Nullable String incident) {
    String words = problem.code().replace('_', ' ').toLowerCase(Locale.ROOT);
    return new ProblemBody(
        "urn:pass-numerique:problem:" + problem.code(),
        words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
        problem.status(),
        problem.detail(),
        problem.code(),
        problem.faults(),
        incident);
  }
}
