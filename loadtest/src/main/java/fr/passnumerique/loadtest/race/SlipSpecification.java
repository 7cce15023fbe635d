package fr.passnumerique.loadtest.race;

import org.jspecify.annotations.Nullable;

/**
 * A slip: recorded once, with the verdicts that every call is told from then on; withdrawn once;
 * and its reference never used for other lines.
 *
 * <p>The state is what was recorded of the slip and of its withdrawal, each empty before.
 */
final class SlipSpecification implements Specification {
  private static final String BETWEEN = ";";

  /** Recorded by a call whose answer nobody knows. */
  private static final String SOMETHING = "?";

  static final String REFUSED = "REFUSED SLIP_REFERENCE_REUSED";

  @Override
  public String initial() {
    return BETWEEN;
  }

  @Override
  public @Nullable String after(String state, Step call) {
    String slip = state.substring(0, state.indexOf(BETWEEN));
    String withdrawal = state.substring(state.indexOf(BETWEEN) + 1);
    return switch (call.kind()) {
      case SUBMIT -> {
        String then = recorded(slip, call);
        yield then == null ? null : then + BETWEEN + withdrawal;
      }
      case WITHDRAW -> {
        String then = slip.isEmpty() ? null : recorded(withdrawal, call);
        yield then == null ? null : slip + BETWEEN + then;
      }
      case REUSE ->
          !call.isAnswered() || (!slip.isEmpty() && call.answer().equals(REFUSED)) ? state : null;
      case CHECK -> state;
    };
  }

  private static @Nullable String recorded(String before, Step call) {
    if (!call.isAnswered()) {
      return before.isEmpty() ? SOMETHING : before;
    }
    if (call.isNew()) {
      return before.isEmpty() ? call.answer() : null;
    }
    return before.equals(SOMETHING) || before.equals(call.answer()) ? call.answer() : null;
  }
}
