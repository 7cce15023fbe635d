package fr.passnumerique.loadtest.model;

/**
 * The answer to an action.
 *
 * @param refused the code of the refusal; empty if it was accepted
 * @param again it was recorded before, or was so already: nothing is added
 * @param answer what an accepted action came to, as text; empty if there is nothing to tell
 */
public record Told(String refused, boolean again, String answer) {
  public static Told done(String answer) {
    return new Told("", false, answer);
  }

  public static Told again(String answer) {
    return new Told("", true, answer);
  }

  public static Told refused(String code) {
    return new Told(code, false, "");
  }

  public boolean accepted() {
    return refused.isEmpty();
  }

  /** Whether it says the same of the action, however often that was sent. */
  public boolean sameAs(Told other) {
    return refused.equals(other.refused) && answer.equals(other.answer);
  }

  @Override
  public String toString() {
    return accepted() ? (again ? "again " : "done ") + answer : "refused " + refused;
  }
}
