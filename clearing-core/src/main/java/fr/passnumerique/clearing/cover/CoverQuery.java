package fr.passnumerique.clearing.cover;

import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.cover.CoverRead.Amounts;
import fr.passnumerique.clearing.cover.CoverRead.Proof;
import fr.passnumerique.clearing.cover.CoverRead.Row;
import fr.passnumerique.clearing.cover.CoverRead.RowState;
import fr.passnumerique.clearing.cover.CoverRead.Since;
import fr.passnumerique.clearing.cover.CoverRead.State;
import fr.passnumerique.clearing.cover.CoverRegister.Owner;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.money.Cents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads cover as it stands now. Safe for any number of threads. */
public final class CoverQuery {
  private final CoverRegister register;
  private final ReadLock registers;

  CoverQuery(CoverRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
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
    return registers.read(() -> now(filter));
  }

  boolean knowsFunder(String funder) {
    return registers.read(() -> register.knowsFunder(funder));
  }

  boolean knowsAgreement(String agreement) {
    return registers.read(() -> register.knowsAgreement(agreement));
  }

  /** Whether the funder has a share of the agreement, or advances one. */
  boolean isParty(String agreement, String funder) {
    return registers.read(() -> register.isParty(agreement, funder));
  }

  private CoverRead now(Filter filter) {
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
    Proof proof = filter.funder().isPresent() ? proof().withoutAmounts() : proof();
    if (filter.equals(Filter.ALL)) {
      // What the bank took unexplained is no row's, and is gone all the same.
      total[0] = total[0].withCashAtMost(register.bank());
    }
    State state =
        total[0].missingCents() > 0
            ? State.BREACH
            : proof.proven() ? State.COVERED : State.UNPROVEN;
    return new CoverRead(
        register.position(),
        register.recordedAt(),
        state,
        breaches,
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
        breach == null ? null : new Since(breach.position(), breach.recordedAt()));
  }

  private Proof proof() {
    long ledger = register.bank();
    return register
        .verdict()
        .map(closing -> proof(closing, ledger))
        .orElseGet(
            () ->
                new Proof(
                    false,
                    "no statement of the bank is imported",
                    null,
                    null,
                    null,
                    null,
                    ledger,
                    register.unmatched(),
                    register.unexplainedDebits()));
  }

  private Proof proof(BankProof.Closing closing, long ledger) {
    BankStatementImported statement = closing.statement();
    Optional<BankStatementImported> disputed = register.disputed();
    return new Proof(
        closing.proven() && disputed.isEmpty(),
        closing.proven()
            ? disputed
                .map(
                    told ->
                        "the statement of %s to %s was told twice, and not alike (%s): a clerk has yet to deal with it"
                            .formatted(told.from(), told.to(), told.statement()))
                .orElseGet(
                    () ->
                        "the ledger has every closing balance, the last of them of %s"
                            .formatted(statement.to()))
            : "the ledger has %s on the account at the end of %s, the statement that closes then has %s"
                .formatted(
                    new Cents(closing.ledgerCents()).inEnglish(),
                    statement.to(),
                    new Cents(statement.closingCents()).inEnglish()),
        statement.statement(),
        statement.to(),
        statement.closingCents(),
        closing.ledgerCents(),
        ledger,
        register.unmatched(),
        register.unexplainedDebits());
  }
}
