package fr.passnumerique.ui.frame;

import fr.passnumerique.clearing.http.Problem;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A parameter of a page: a form sends what nobody has filled in as an empty text. */
public final class Parameter {
  private Parameter() {}

  /**
   * @param as throws IllegalArgumentException or DateTimeException for what it cannot read
   * @return null for an empty text
   * @throws Problem INVALID_PARAMETER if it cannot be read
   */
  public static <T> @Nullable T read(String name, String text, Function<String, T> as) {
    try {
      return text.isEmpty() ? null : as.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      String rule = "the parameter %s cannot be read".formatted(name);
      throw Problem.badRequest(
          "INVALID_PARAMETER",
          rule + "; correct the value",
          List.of(Problem.Fault.of(name, Problem.shown(text), rule, "correct the value")));
    }
  }
}
