package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.money.Cents;
import java.time.Instant;

/** Boundary: the two entries. */
final class OffsetBankEntriesDecision implements Decider<OffsetBankEntries, BankEntriesOffset> {
  private final BankRegister register;

  OffsetBankEntriesDecision(BankRegister register) {
    this.register = register;
  }

  @Override
  public Class<OffsetBankEntries> command() {
    return OffsetBankEntries.class;
  }

  @Override
  public Decision<BankEntriesOffset> decide(OffsetBankEntries c, Instant receivedAt) {
    BankRegister.Matched matched = register.matched(c.entry());
    if (matched != null) {
      return new Decision.Known<>(matched.position(), _ -> reply(c, matched.fact()));
    }
    BankRegister.Unmatched one = register.unmatched(c.entry());
    BankRegister.Unmatched other = register.unmatched(c.against());
    if (one == null) {
      return Decision.refuse(MatchBankEntryDecision.unknown("entryId", c.entry()));
    }
    if (other == null) {
      return Decision.refuse(MatchBankEntryDecision.unknown("against", c.against()));
    }
    BankEntryUnmatched credit = one.fact().cents() > 0 ? one.fact() : other.fact();
    BankEntryUnmatched debit = one.fact().cents() > 0 ? other.fact() : one.fact();
    if (credit.cents() + debit.cents() != 0) {
      return Decision.refuse(
          BankRefusal.ENTRIES_DO_NOT_OFFSET.because(
              "against",
              "the entries are of %s and %s and do not make up for each other"
                  .formatted(
                      new Cents(one.fact().cents()).inEnglish(),
                      new Cents(other.fact().cents()).inEnglish()),
              "name two entries of one amount, one that came in and one that went out"));
    }
    BankEntriesOffset offset =
        new BankEntriesOffset(credit.entry(), debit.entry(), credit.cents(), c.by());
    return Decision.accept(
        offset, Boundary.of("bank", credit.entry().tag(), debit.entry().tag()), offset);
  }

  private static Decision.Reply<BankEntriesOffset> reply(OffsetBankEntries c, Fact recorded) {
    return recorded instanceof BankEntriesOffset offset
            && (offset.credit().id().equals(c.against()) || offset.debit().id().equals(c.against()))
        ? new Decision.Reply.Same<>(offset)
        : new Decision.Reply.Different<>(
            BankRefusal.ENTRY_ALREADY_MATCHED.because(
                "entryId",
                "entry %s is explained already, and in another way".formatted(c.entry()),
                "read what is recorded of it; an explanation is final"));
  }
}
