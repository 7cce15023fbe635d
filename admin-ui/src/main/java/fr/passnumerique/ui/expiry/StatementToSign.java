package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.OrderExpiry;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.words.French;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What both sides agree on, as one of them is asked to sign it, and what follows from its
 * signature. A funder reads the cheques of all funders, named so, and only its own refund: what of
 * the whole is due back would not sum to it.
 *
 * @param expiry as its signer reads it
 * @param notes that this signature issues
 * @param funders their names
 */
record StatementToSign(
    OrderExpiry expiry,
    Actor signer,
    List<CreditNoteIssued> notes,
    UnaryOperator<String> funders,
    French french) {

  Effect effect() {
    OrderExpiry.Statement statement = expiry.statement().orElseThrow();
    boolean all = signer.role() != Role.FUNDER;
    String whose = all ? "" : ", tous financeurs";
    Effect effect =
        Effect.of("Signer l’état contradictoire")
            .line("Jamais distribués" + whose, expired(statement.notDistributed(), all))
            .line("Distribués, pas utilisés" + whose, expired(statement.unused(), all))
            .lineIf(
                statement.opposedOrWaivedCents() > 0,
                "Opposés ou renoncés" + whose,
                french.money(statement.opposedOrWaivedCents()) + (all ? " à restituer" : ""))
            .lineIf(all, "À restituer en tout", french.money(statement.dueBackCents()));
    for (OrderExpiry.Note due : statement.dueBack()) {
      effect =
          effect.line(
              all ? "À restituer à " + funders.apply(due.funder()) : "À vous restituer",
              french.money(due.cents()));
    }
    for (CreditNoteIssued note : notes) {
      effect =
          effect.line(
              "Avoir émis pour " + funders.apply(note.funder().value()),
              french.money(note.amountCents()));
    }
    return effect.afterwards(String.join(" ", afterwards(statement)));
  }

  private String expired(OrderExpiry.Expired expired, boolean all) {
    String what =
        "%s, %s"
            .formatted(
                french.counted(expired.cheques(), "chèque", "chèques"),
                french.money(expired.cents()));
    return all
        ? what + ", dont %s à restituer".formatted(french.money(expired.dueBackCents()))
        : what;
  }

  private List<String> afterwards(OrderExpiry.Statement statement) {
    List<String> others =
        expiry.steps().stream()
            .filter(step -> step.step() == ExpiryStep.STATEMENT && !step.done())
            .map(OrderExpiry.Step::party)
            .filter(party -> !party.equals(own()))
            .map(party -> party.equals(EndingSheet.OPERATOR) ? "L’opérateur" : funders.apply(party))
            .toList();
    boolean noteToCome = statement.dueBack().stream().anyMatch(this::isToCome);
    List<String> sentences = new ArrayList<>();
    if (!notes.isEmpty()) {
      sentences.add(
          notes.size() == 1
              ? "L’avoir est à rembourser par un ordre qu’un agent établit et qu’un autre libère."
              : "Les avoirs sont à rembourser par un ordre qu’un agent établit et qu’un autre"
                  + " libère.");
    }
    if (!others.isEmpty()) {
      sentences.add(
          String.join(", ", others)
              + (others.size() == 1 ? " signe à son tour" : " signent à leur tour")
              + (noteToCome
                  ? " ; un avoir est émis quand ses deux parties ont signé."
                  : " ; aucun avoir ne reste à émettre."));
    } else if (noteToCome) {
      sentences.add("L’avoir est émis quand le financeur qui a avancé les fonds a signé.");
    } else if (notes.isEmpty()) {
      sentences.add(
          statement.dueBack().isEmpty()
              ? "Rien n’est à restituer : aucun avoir n’est émis."
              : "Aucun avoir ne reste à émettre.");
    }
    return sentences;
  }

  private String own() {
    return signer.role() == Role.FUNDER ? signer.subject() : EndingSheet.OPERATOR;
  }

  private boolean isToCome(OrderExpiry.Note due) {
    return due.creditNote().isEmpty()
        && notes.stream().noneMatch(note -> note.funder().value().equals(due.funder()));
  }
}
