package fr.passnumerique.clearing.calls;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.calls.CalledFunds.Payment;
import fr.passnumerique.clearing.calls.CalledFunds.State;
import fr.passnumerique.clearing.calls.FundsCalled.Basis;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls for funds as they are now. A funder reads its own. */
public final class CallsQuery {
  private final CallsRegister register;
  private final ReadLock registers;
  private final Clock clock;

  CallsQuery(CallsRegister register, ReadLock registers, Clock clock) {
    this.register = register;
    this.registers = registers;
    this.clock = clock;
  }

  /**
   * @param position of the last fact in it
   * @param today Europe/Paris
   * @param openCents called and not received: no cash
   * @param lateCents of these, past their last day
   * @param calls a page, in the order in which they were made
   * @param next where the next page begins; left out after the last
   * @param shares what each funder can be called for now
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record CallsForFunds(
      long position,
      LocalDate today,
      long openCents,
      long lateCents,
      List<Row> calls,
      Optional<String> next,
      List<ShareRow> shares) {}

  /**
   * @param openCents still asked for
   * @param beyondCents that payments under its reference brought and no call had asked for
   * @param late whether something is still asked for and the last day is over
   * @param payments what settled it, by receipt or transfer of funds
   * @param cancelledOn left out if it is not cancelled
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      String call,
      String agreement,
      String funder,
      Basis basis,
      LocalDate calledOn,
      LocalDate dueOn,
      String reference,
      long amountCents,
      long receivedCents,
      long openCents,
      long beyondCents,
      State state,
      boolean late,
      List<Payment> payments,
      @Nullable LocalDate cancelledOn) {}

  /**
   * @param openCents called and not received
   * @param callableCents what can be called now
   */
  public record ShareRow(
      String agreement, String funder, Basis basis, long openCents, long callableCents) {}

  /**
   * @throws fr.passnumerique.clearing.http.Problem 404 if what is named is not known to the actor
   */
  public CallsForFunds all(
      Actor actor, @Nullable AgreementId agreement, @Nullable FunderId funder) {
    return of(actor, agreement, funder, 0, Integer.MAX_VALUE);
  }

  /** Those of all funders that something is still asked for by, in the order of their making. */
  public List<Row> open() {
    LocalDate today = Paris.dayOf(clock.instant());
    return registers.read(
        () ->
            register.called().calls().stream()
                .filter(call -> call.openCents() > 0)
                .map(call -> row(call, today))
                .toList());
  }

  CallsForFunds of(
      Actor actor,
      @Nullable AgreementId agreement,
      @Nullable FunderId funder,
      int after,
      int limit) {
    LocalDate today = Paris.dayOf(clock.instant());
    AskedShares asked = AskedShares.of(actor, agreement, funder, register, registers);
    return registers.read(() -> read(asked, today, after, limit));
  }

  private CallsForFunds read(AskedShares asked, LocalDate today, int after, int limit) {
    List<Row> rows = new ArrayList<>();
    for (CalledFunds.Call call : register.called().calls()) {
      if (asked.concern(call.fact().agreement(), call.fact().funder())) {
        rows.add(row(call, today));
      }
    }
    List<ShareRow> shares = new ArrayList<>();
    register
        .agreements()
        .forEach(
            (id, signed) -> {
              for (FunderId party : signed.parties()) {
                if (asked.concern(id, party)) {
                  shares.add(
                      new ShareRow(
                          id.value(),
                          party.value(),
                          register.basis(signed, party),
                          register.called().openCents(id, party),
                          register.callableCents(id, signed, party)));
                }
              }
            });
    return new CallsForFunds(
        register.position(),
        today,
        rows.stream().mapToLong(Row::openCents).sum(),
        rows.stream().filter(Row::late).mapToLong(Row::openCents).sum(),
        rows.stream().skip(after).limit(limit).toList(),
        PageSize.next(after, limit, rows.size()),
        List.copyOf(shares));
  }

  private static Row row(CalledFunds.Call call, LocalDate today) {
    FundsCalled fact = call.fact();
    return new Row(
        fact.call().value(),
        fact.agreement().value(),
        fact.funder().value(),
        fact.basis(),
        fact.calledOn(),
        fact.dueOn(),
        fact.reference(),
        fact.amountCents(),
        call.receivedCents(),
        call.openCents(),
        call.beyondCents(),
        call.state(),
        call.late(today),
        List.copyOf(call.payments()),
        call.cancelled().map(FundsCallCancelled::cancelledOn).orElse(null));
  }
}
