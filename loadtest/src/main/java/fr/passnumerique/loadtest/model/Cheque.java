package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One cheque, and all that happened to it. */
final class Cheque {
  final Batch batch;
  final int ordinal;

  /** By funder, in the key's order; its face value in all. */
  final Map<String, Long> shares;

  boolean activated;

  /** The day of the record; null of one that was activated with the cheque that it replaces. */
  @Nullable LocalDate activatedOn;

  /** Reported lost or stolen; of a spent one it matters once its slip is withdrawn. */
  boolean opposed;

  /** Another serial stands for it. */
  boolean replaced;

  /** The first that it stands for, if it is a replacement. */
  @Nullable Cheque root;

  /** Its cash was set aside for the cheque that it replaces. */
  boolean setAsideBefore;

  /** Of the cheque that it replaces, if that was handed out. */
  @Nullable LocalDate lastDay;

  /** Whose it is; empty if nobody asks. */
  String person = "";

  @Nullable String prescriber;
  @Nullable LocalDate deliveredOn;
  @Nullable LocalDate handedOutOn;
  @Nullable Spent spent;

  Cheque(Batch batch, int ordinal, Map<String, Long> shares) {
    this.batch = batch;
    this.ordinal = ordinal;
    this.shares = shares;
  }

  /** What is owed to a venue for a line, and how far it has come. */
  static class Debt {
    final String venue;
    final LocalDate presentedOn;

    /** From when on runs may take it. */
    final Instant recordedAt;

    /** Its cheque's face value, or what of it the venue had paid back. */
    final long cents;

    @Nullable String transfer;
    boolean paid;

    /** Paid by the bank's word, and not debited yet. */
    boolean executed;

    /** A settlement run has taken it, whatever became of that. */
    boolean taken;

    /** A run sets it against what the venue owes. */
    Undue.@Nullable Netting netting;

    /** Nothing is owed any more, and nothing was paid. */
    boolean gone;

    Debt(String venue, LocalDate presentedOn, Instant recordedAt, long cents) {
      this.cents = cents;
      this.venue = venue;
      this.presentedOn = presentedOn;
      this.recordedAt = recordedAt;
    }

    boolean isOwed() {
      return transfer == null && netting == null && !paid && !gone;
    }

    boolean isNetted() {
      return netting != null && netting.released;
    }

    boolean isPaid() {
      return paid || executed || isNetted();
    }
  }

  /** The accepted line that spent it. */
  static final class Spent extends Debt {
    final String reference;
    final int number;
    final String point;
    final String departement;
    final LocalDate servedOn;

    /** Nothing is owed for it. */
    final boolean waived;

    Undue.@Nullable Line reversed;

    /** Its money came back while it had no title: from then on it is set against nothing. */
    boolean cameBackUntitled;

    /** Whether a run may set it against what its venue owes: a line as any other. */
    boolean isNettable() {
      return !isVoid() && !cameBackUntitled;
    }

    /** Void, or owed once more beside this line. */
    boolean isUntitled() {
      return reversed != null && (!reversed.isLifted() || reversed.again != null);
    }

    /** Reversed, and that was not lifted. */
    boolean isVoid() {
      return reversed != null && !reversed.isLifted();
    }

    /** Whether its value went back to who paid the funder's share of it in. */
    boolean isCredited(String funder) {
      return reversed != null && reversed.credited.containsKey(funder);
    }

    /**
     * How much of a share's title counts as paid: of a lifted reversal, what is owed again is once
     * that is paid, and the rest with the line.
     *
     * @param again what of the share is owed again
     */
    long titlePaid(long share, long again) {
      long kept = isPaid() ? share - again : 0;
      return reversed != null && reversed.again != null && reversed.again.isPaid()
          ? kept + again
          : kept;
    }

    Spent(
        String venue,
        String reference,
        int number,
        String point,
        String departement,
        LocalDate servedOn,
        boolean waived,
        LocalDate presentedOn,
        Instant recordedAt,
        long cents) {
      super(venue, presentedOn, recordedAt, cents);
      this.reference = reference;
      this.number = number;
      this.point = point;
      this.departement = departement;
      this.servedOn = servedOn;
      this.waived = waived;
    }
  }

  /** Whether its use counts, so that a funder who pays on use owes it. */
  boolean isUsed() {
    return spent != null && !spent.waived && (spent.reversed == null || spent.reversed.isLifted());
  }

  /** The line that spent it, which there is. */
  Spent spent() {
    if (spent == null) {
      throw new IllegalStateException("cheque " + this + " is not spent");
    }
    return spent;
  }

  boolean isExpired() {
    return batch.expired && spent == null && !opposed;
  }

  /** Whose cash covers the funder's share. */
  String cashOwner(String funder) {
    return batch.terms.shareOf(funder).cashOwner();
  }

  /** How much of it the owner's cash covers. */
  long of(String owner) {
    return shares.entrySet().stream()
        .filter(share -> cashOwner(share.getKey()).equals(owner))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How much of it its funder pays on use only. */
  long advanced(String funder) {
    return batch.terms.key.stream()
        .filter(share -> share.funder().equals(funder) && !share.preFinancier().isEmpty())
        .mapToLong(_ -> shares.getOrDefault(funder, 0L))
        .sum();
  }

  /** The last day on which it can be used, once it is handed out or was. */
  LocalDate lastServiceDay() {
    LocalDate last = lastDay;
    if (handedOutOn != null) {
      LocalDate own = handedOutOn.plusDays(batch.rules.validityDays());
      last = last == null || own.isBefore(last) ? own : last;
    }
    if (last == null) {
      throw new IllegalStateException("cheque " + this + " was never handed out");
    }
    return last.isBefore(batch.over()) ? last : batch.over();
  }

  /** Its value comes back by the order's statement. */
  boolean endsUnused() {
    if (spent != null) {
      return spent.waived;
    }
    return (opposed || isExpired()) && !replaced;
  }

  /** A carnet and those that replaced some of it, as one. */
  String visitor() {
    Cheque first = root == null ? this : root;
    return first.batch.number + "/" + first.carnet();
  }

  int carnet() {
    return (ordinal - 1) / batch.rules.perCarnet();
  }

  @Override
  public String toString() {
    return batch.number + "/" + ordinal;
  }
}
