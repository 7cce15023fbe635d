package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bank.BankValues.ASK_THE_BANK;
import static fr.passnumerique.clearing.bank.BankValues.bad;
import static fr.passnumerique.clearing.bank.BankValues.count;
import static fr.passnumerique.clearing.bank.BankValues.euros;
import static fr.passnumerique.clearing.bank.BankValues.isReason;
import static fr.passnumerique.clearing.bank.BankValues.magnitude;
import static fr.passnumerique.clearing.bank.BankValues.missing;
import static fr.passnumerique.clearing.bank.BankValues.moment;
import static fr.passnumerique.clearing.bank.BankValues.reference;
import static fr.passnumerique.clearing.bank.BankValues.required;
import static fr.passnumerique.clearing.bank.BankValues.rule;
import static fr.passnumerique.clearing.bank.BankValues.text;
import static java.util.function.Predicate.not;

import fr.passnumerique.clearing.bank.BankFile.Status;
import fr.passnumerique.clearing.bank.BankXml.Element;
import fr.passnumerique.clearing.http.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the bank says of payments that we ordered (pain.002), by payment and by file. */
final class PaymentStatuses {
  private PaymentStatuses() {}

  static BankFile read(String message, Element body) {
    Element header = required(body, "GrpHdr");
    LocalDate on = moment(required(header, "CreDtTm"));
    Element group = required(body, "OrgnlGrpInfAndSts");
    Optional<String> original = group.textAt("OrgnlMsgId");
    List<Status> statuses = new ArrayList<>();
    boolean specific = false;
    for (Element instruction : body.all("OrgnlPmtInfAndSts")) {
      List<Element> payments = instruction.all("TxInfAndSts");
      List<Status> these = new ArrayList<>(payments.size());
      for (Element payment : payments) {
        these.add(status(payment, instruction, group, original, on));
      }
      requireCounts(instruction, these);
      statuses.addAll(these);
      Optional<String> code = instruction.textAt("PmtInfSts").filter(not("PART"::equals));
      if (code.isPresent()) {
        specific = true;
        statuses.add(
            new Status(
                instruction.line(),
                original,
                instruction.textAt("OrgnlPmtInfId"),
                Optional.empty(),
                code.get(),
                reason(instruction).or(() -> reason(group)),
                instruction.at("OrgnlCtrlSum").map(BankValues::magnitude),
                on));
      }
    }
    Optional<String> code = group.textAt("GrpSts").filter(not("PART"::equals));
    if (code.isPresent() && !specific) {
      statuses.add(
          new Status(
              group.line(),
              original,
              Optional.empty(),
              Optional.empty(),
              code.get(),
              reason(group),
              group.at("OrgnlCtrlSum").map(BankValues::magnitude),
              on));
    }
    if (statuses.isEmpty()) {
      // What is there was passed over: it is of some payments, which are not told.
      throw Stream.concat(Stream.of(group), body.all("OrgnlPmtInfAndSts").stream())
          .filter(e -> e.at("GrpSts").isPresent() || e.at("PmtInfSts").isPresent())
          .findFirst()
          .map(PaymentStatuses::ofWhich)
          .orElseGet(() -> missing(group, "GrpSts, PmtInfSts or TxSts"));
    }
    statuses.forEach(status -> requireCode(group, status.code()));
    return new BankFile(
        message, text(required(header, "MsgId")), on, List.of(), List.copyOf(statuses));
  }

  private static Problem ofWhich(Element part) {
    return bad(
        "ELEMENT_MISSING",
        part,
        "PART",
        "%s says PART, of some payments, and no TxInfAndSts says of which".formatted(part.name()),
        "ask the bank for whole messages");
  }

  private static Status status(
      Element payment,
      Element instruction,
      Element group,
      Optional<String> original,
      LocalDate createdOn) {
    String code =
        payment
            .textAt("TxSts")
            .or(() -> instruction.textAt("PmtInfSts"))
            .or(() -> group.textAt("GrpSts"))
            .filter(not("PART"::equals))
            .orElseThrow(() -> missing(payment, "TxSts"));
    return new Status(
        payment.line(),
        original,
        instruction.textAt("OrgnlPmtInfId"),
        Optional.of(
            reference(payment, "OrgnlEndToEndId")
                .or(() -> reference(payment, "OrgnlInstrId"))
                .orElseThrow(() -> missing(payment, "OrgnlEndToEndId"))),
        code,
        reason(payment).or(() -> reason(instruction)).or(() -> reason(group)),
        payment.at("OrgnlTxRef", "Amt", "InstdAmt").map(BankValues::cents),
        TransferStatuses.rejects(code) ? createdOn : settledOn(payment).orElse(createdOn));
  }

  /**
   * When the bank carried it out, if it says so. Not when it accepted the order (AccptncDtTm),
   * which may be days before: a late payment would seem to be in time. Of a payment that it rejects
   * banks repeat when it was to be settled, which may be to come: it is rejected when they say so.
   */
  private static Optional<LocalDate> settledOn(Element payment) {
    return payment
        .at("FctvIntrBkSttlmDt")
        .map(BankValues::day)
        .or(() -> payment.at("OrgnlTxRef", "IntrBkSttlmDt").map(BankValues::date));
  }

  /**
   * A bank may list the rejected payments only: a status of which none is listed is not counted.
   */
  private static void requireCounts(Element instruction, List<Status> listed) {
    for (Element total : instruction.all("NbOfTxsPerSts")) {
      String code = total.textAt("DtldSts").orElse("");
      List<Status> these = listed.stream().filter(s -> s.code().equals(code)).toList();
      Optional<Element> count = total.at("DtldNbOfTxs");
      if (!these.isEmpty() && count.isPresent() && count(count.get()) != these.size()) {
        throw rule(
            "COUNTS_DO_NOT_ADD_UP",
            count.get(),
            "NbOfTxsPerSts/DtldNbOfTxs",
            Problem.shown(count.get().text()),
            "%s payments are said to be %s and %d are listed"
                .formatted(Problem.shown(count.get().text()), Problem.shown(code), these.size()),
            ASK_THE_BANK);
      }
      Optional<Element> sum = total.at("DtldCtrlSum");
      boolean known = !these.isEmpty() && these.stream().allMatch(s -> s.cents().isPresent());
      long cents = these.stream().mapToLong(s -> s.cents().orElse(0L)).reduce(0, Math::addExact);
      if (known && sum.isPresent() && magnitude(sum.get()) != cents) {
        throw rule(
            "SUMS_DO_NOT_ADD_UP",
            sum.get(),
            "NbOfTxsPerSts/DtldCtrlSum",
            Problem.shown(sum.get().text()),
            "the payments that are %s come to %s".formatted(Problem.shown(code), euros(cents)),
            ASK_THE_BANK);
      }
    }
  }

  private static void requireCode(Element group, String code) {
    if (!isReason(code)) {
      throw bad(
          "INVALID_VALUE",
          group,
          Problem.shown(code),
          "a status is a code of four capitals or digits such as ACSC",
          ASK_THE_BANK);
    }
  }

  private static Optional<String> reason(Element status) {
    return status
        .textAt("StsRsnInf", "Rsn", "Cd")
        .or(() -> status.textAt("StsRsnInf", "Rsn", "Prtry"))
        .filter(BankValues::isReason);
  }
}
