package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.bank.PaymentReferences.Agreement;
import fr.passnumerique.clearing.bank.PaymentReferences.Share;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.NamedCalls;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A credit that a clerk divides among the funders whose money it is. */
final class PartsMatch {
  private final BankRegister register;
  private final NamedCalls calls;

  PartsMatch(BankRegister register, NamedCalls calls) {
    this.register = register;
    this.calls = calls;
  }

  Decision<BankEntryMatched> divide(MatchBankEntry c, BankEntryUnmatched entry) {
    Refusal refusal = refusal(c, entry);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    BankEntryMatched matched =
        new BankEntryMatched(
            entry.entry(), entry.cents(), c.parts(), Optional.empty(), Optional.empty(), c.by());
    List<Fact> facts = new ArrayList<>();
    facts.add(matched);
    Set<String> looked = new HashSet<>(Set.of("bank", entry.entry().tag()));
    Map<Share, Long> repaid = new HashMap<>();
    for (Part part : c.parts()) {
      Agreement agreement = agreement(part);
      ReceiptId receipt = new ReceiptId(entry.entry().id() + "-" + facts.size());
      Share share = new Share(part.agreement(), part.funder());
      long before = repaid.getOrDefault(share, 0L);
      long owed = register.debts().cents(part.agreement(), part.funder()) - before;
      Optional<FundsReceived.Repaid> back =
          register
              .debts()
              .repaid(
                  part.agreement(), part.funder(), Math.max(0, Math.min(part.amountCents(), owed)));
      back.ifPresent(r -> repaid.put(share, before + r.cents()));
      looked.add("receipt:" + receipt);
      looked.add("agreement:" + part.agreement());
      facts.add(
          new FundsReceived(
              receipt,
              part.agreement(),
              agreement.programme(),
              part.funder(),
              part.amountCents(),
              entry.entry().valueOn(),
              back,
              Optional.of(entry.entry()),
              part.call().flatMap(calls::find).map(NamedCalls.Named::reference)));
    }
    return new Decision.Accept<>(facts, Boundary.of(looked), matched);
  }

  private Agreement agreement(Part part) {
    Agreement agreement = register.references().agreement(part.agreement());
    if (agreement == null) {
      throw new IllegalStateException("a part got past UNKNOWN_AGREEMENT");
    }
    return agreement;
  }

  private @Nullable Refusal refusal(MatchBankEntry c, BankEntryUnmatched entry) {
    long sum = 0;
    for (Part part : c.parts()) {
      Refusal refusal = refusalOfShare(register.references().agreement(part.agreement()), part);
      if (refusal == null && part.call().isPresent()) {
        refusal = calls.refusal(part.call().get(), part.agreement(), part.funder());
      }
      if (refusal != null) {
        return refusal;
      }
      if (part.amountCents() < 1 || part.amountCents() > entry.cents()) {
        return BankRefusal.AMOUNT_OUT_OF_RANGE.because(
            "amountCents",
            "a part is 1 to %d cents, got %d".formatted(entry.cents(), part.amountCents()),
            "give what of the entry is this funder's");
      }
      sum = Math.addExact(sum, part.amountCents());
    }
    return sum == entry.cents()
        ? null
        : BankRefusal.PARTS_DO_NOT_SUM.because(
            "parts",
            "the parts come to %s and the entry is of %s"
                .formatted(new Cents(sum).inEnglish(), new Cents(entry.cents()).inEnglish()),
            "%s %s"
                .formatted(
                    sum < entry.cents() ? "add" : "take away",
                    new Cents(Math.abs(entry.cents() - sum)).inEnglish()));
  }

  private static @Nullable Refusal refusalOfShare(@Nullable Agreement agreement, Part part) {
    if (agreement == null) {
      return BankRefusal.UNKNOWN_AGREEMENT.because(
          "agreement",
          "agreement %s is not signed".formatted(part.agreement()),
          "sign it first or correct the identifier");
    }
    return agreement.funders().contains(part.funder())
        ? null
        : BankRefusal.FUNDER_NOT_IN_AGREEMENT.because(
            "funder",
            "funder %s has no share in agreement %s".formatted(part.funder(), part.agreement()),
            "name a funder of the agreement or the agreement that it pays for");
  }
}
