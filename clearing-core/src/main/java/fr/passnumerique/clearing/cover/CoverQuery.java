package fr.passnumerique.clearing.cover;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.cover.CoverRead.AccountBreach;
import fr.passnumerique.clearing.cover.CoverRead.Amounts;
import fr.passnumerique.clearing.cover.CoverRead.Proof;
import fr.passnumerique.clearing.cover.CoverRead.Row;
import fr.passnumerique.clearing.cover.CoverRead.RowState;
import fr.passnumerique.clearing.cover.CoverRead.Since;
import fr.passnumerique.clearing.cover.CoverRead.State;
import fr.passnumerique.clearing.cover.CoverRegister.Owner;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.money.Cents;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads cover as it stands now, or stood. Safe for any number of threads. */
public final class CoverQuery {
  private final CoverRegister register;
  private final ReadLock registers;
  private final PastCover past;

  CoverQuery(CoverRegister register, ReadLock registers, PastCover past) {
    this.register = register;
    this.registers = registers;
    this.past = past;
  }

  /** Which rows to read; an empty one leaves a dimension open. */
  public record Filter(Optional<String> agreement, Optional<String> funder) {
    public static final Filter ALL = new Filter(Optional.empty(), Optional.empty());

    public static Filter ofFunder(String funder) {
      return new Filter(Optional.empty(), Optional.of(funder));
    }

    private boolean leaves(Owner owner) {
      return agreement.map(owner.agreement()::equals).orElse(true)
          && funder.map(owner.funder()::equals).orElse(true);
    }
  }

  public CoverRead read(Filter filter) {
    return registers.read(() -> of(register, filter));
  }

  /**
   * As it stood, proof and breaches included.
   *
   * @param asOf without a business date: cover is judged by what was known
   * @throws UntoldMomentException if the moment cannot be told
   */
  public CoverRead read(Filter filter, AsOf asOf) {
    if (asOf.businessDate() != null) {
      throw new IllegalArgumentException("cover is of a moment of recording, not of a day");
    }
    Long position = asOf.position();
    Instant instant = asOf.instant();
    if (position == null && instant == null) {
      return read(filter);
    }
    long until = position != null ? position : past.position(Objects.requireNonNull(instant));
    return of(past.at(until), filter);
  }

  /** What this actor asks for, or may read of it. */
  Filter filter(Actor actor, @Nullable AgreementId agreement, @Nullable FunderId funder) {
    AskedShares asked = AskedShares.of(actor, agreement, funder, register, registers);
    return new Filter(
        asked.agreement().map(AgreementId::value), asked.funder().map(FunderId::value));
  }

  private static CoverRead of(CoverRegister register, Filter filter) {
    List<Row> rows = new ArrayList<>();
    Amounts[] total = {Amounts.NOTHING};
    register
        .fences()
        .forEach(
            (owner, fence) -> {
              if (filter.leaves(owner)) {
                Amounts amounts = Amounts.of(fence, register.called(owner));
                total[0] = total[0].plus(amounts);
                rows.add(row(owner, amounts, fence.breach()));
              }
            });
    int breaches = (int) rows.stream().filter(row -> row.state() == RowState.BREACH).count();
    Proof proof = filter.funder().isPresent() ? proof(register).withoutAmounts() : proof(register);
    if (filter.equals(Filter.ALL)) {
      // What the bank took unexplained is no row's, and is gone all the same.
      total[0] = total[0].withCashAtMost(register.bank());
    }
    RingFence.Breach taken = register.accountBreach();
    State state =
        total[0].missingCents() > 0 || taken != null
            ? State.BREACH
            : proof.proven() ? State.COVERED : State.UNPROVEN;
    return new CoverRead(
        register.position(),
        register.recordedAt(),
        state,
        breaches,
        taken == null
            ? null
            : new AccountBreach(
                proof.unexplainedDebitsCents(), new Since(taken.position(), taken.recordedAt())),
        proof,
        total[0],
        List.copyOf(rows));
  }

  private static Row row(Owner owner, Amounts a, RingFence.@Nullable Breach breach) {
    return new Row(
        owner.agreement(),
        owner.funder(),
        breach == null ? RowState.COVERED : RowState.BREACH,
        a.cashCents(),
        a.outstandingCents(),
        a.acceptedUnpaidCents(),
        a.inTransitCents(),
        a.dueBackCents(),
        a.requiredCents(),
        a.marginCents(),
        a.freeCreditCents(),
        a.missingCents(),
        a.calledCents(),
        since(breach));
  }

  private static @Nullable Since since(RingFence.@Nullable Breach breach) {
    return breach == null ? null : new Since(breach.position(), breach.recordedAt());
  }

  private static Proof proof(CoverRegister register) {
    long ledger = register.bank();
    return register
        .verdict()
        .map(closing -> proof(register, closing, ledger))
        .orElseGet(
            () ->
                new Proof(
                    false,
                    "no statement of the bank is imported",
                    null,
                    null,
                    null,
                    null,
                    null,
                    ledger,
                    register.unmatched(),
                    register.unexplainedDebits(),
                    register.byHandCents(LocalDate.MIN)));
  }

  private static Proof proof(CoverRegister register, BankProof.Closing closing, long ledger) {
    BankStatementImported statement = closing.statement();
    Optional<BankStatementImported> disputed = register.disputed();
    long byHand = register.byHandCents(statement.to());
    boolean leans = register.leansOnByHand(statement.to());
    return new Proof(
        closing.proven() && disputed.isEmpty() && !leans,
        closing.proven()
            ? disputed
                .map(
                    told ->
                        "the statement of %s to %s was told twice, and not alike (%s): a clerk has yet to deal with it"
                            .formatted(told.from(), told.to(), told.statement()))
                .orElseGet(
                    () ->
                        leans
                            ? leaning(byHand, statement)
                            : "the ledger has every closing balance, the last of them of %s"
                                .formatted(statement.to()))
            : "the ledger has %s on the account at the end of %s, the statement that closes then has %s"
                .formatted(
                    new Cents(closing.ledgerCents()).inEnglish(),
                    statement.to(),
                    new Cents(statement.closingCents()).inEnglish()),
        statement.statement(),
        statement.to(),
        since(register.unprovenSince()),
        statement.closingCents(),
        closing.ledgerCents(),
        ledger,
        register.unmatched(),
        register.unexplainedDebits(),
        byHand);
  }

  private static String leaning(long byHand, BankStatementImported statement) {
    return "what is to be covered leans on %s that clerks recorded as received since %s, and no statement shows: import the bank's next one"
        .formatted(new Cents(byHand).inEnglish(), statement.to());
  }
}
