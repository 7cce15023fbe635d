package fr.passnumerique.loadtest.race;

import org.jspecify.annotations.Nullable;

/**
 * A cheque: a register that is spent by at most one slip at a time, and live again when that slip
 * is withdrawn. A slip that is sent again is answered as it was recorded and changes nothing.
 *
 * <p>The state has a letter for each slip that named the cheque: what was recorded of it, in small
 * once it is withdrawn.
 */
final class ChequeSpecification implements Specification {
  static final String ACCEPTED = "A";
  static final String REDEEMED = "R";
  static final String RELEASED = "L";
  static final String LEFT = "-";
  static final String LIVE = "LIVE";
  static final String SPENT = "SPENT";

  private static final char UNKNOWN = '.';

  private final int slips;

  ChequeSpecification(int slips) {
    this.slips = slips;
  }

  @Override
  public String initial() {
    return String.valueOf(UNKNOWN).repeat(slips);
  }

  @Override
  public @Nullable String after(String state, Step call) {
    return switch (call.kind()) {
      case SUBMIT -> submit(state, call);
      case WITHDRAW -> withdraw(state, call);
      case CHECK -> call.answer().equals(isSpent(state) ? SPENT : LIVE) ? state : null;
      case REUSE -> state;
    };
  }

  private static boolean isSpent(String state) {
    return state.contains(ACCEPTED);
  }

  private static @Nullable String submit(String state, Step call) {
    char recorded = state.charAt(call.slip());
    boolean first = recorded == UNKNOWN;
    if (!call.isAnswered()) {
      return first ? with(state, call.slip(), isSpent(state) ? REDEEMED : ACCEPTED) : state;
    }
    if (call.isNew() != first) {
      return null;
    }
    String right =
        first
            ? isSpent(state) ? REDEEMED : ACCEPTED
            : String.valueOf(Character.toUpperCase(recorded));
    if (!right.equals(call.answer())) {
      return null;
    }
    return first ? with(state, call.slip(), right) : state;
  }

  private static @Nullable String withdraw(String state, Step call) {
    char recorded = state.charAt(call.slip());
    boolean first = Character.isUpperCase(recorded);
    if (!call.isAnswered()) {
      return first ? withdrawn(state, call.slip()) : state;
    }
    if (recorded == UNKNOWN || call.isNew() != first) {
      return null;
    }
    String right =
        String.valueOf(Character.toUpperCase(recorded)).equals(ACCEPTED) ? RELEASED : LEFT;
    if (!right.equals(call.answer())) {
      return null;
    }
    return first ? withdrawn(state, call.slip()) : state;
  }

  private static String withdrawn(String state, int slip) {
    return with(state, slip, String.valueOf(Character.toLowerCase(state.charAt(slip))));
  }

  private static String with(String state, int slip, String letter) {
    return state.substring(0, slip) + letter + state.substring(slip + 1);
  }
}
