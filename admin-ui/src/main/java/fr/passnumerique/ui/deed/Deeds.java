package fr.passnumerique.ui.deed;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerStoppedException;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.ui.words.RefusalWords;
import fr.passnumerique.ui.words.Trouble;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;

/**
 * Leads a person through a {@link Deed}: form, what it will do, done. What is confirmed is what was
 * shown: where a field or the ledger has changed since, what it would do now is shown instead, to
 * be confirmed again. Sent twice, or once more from the page before, it is done once, since the
 * operation answers a request that it has recorded as it did the first time.
 *
 * <p>Puts into the model: {@code form} (the {@link Entries}), {@code address} (where it is sent),
 * and {@code trouble} if there is any; for the second step {@code asked}, an {@link Asked}. The
 * page that it ends at finds {@code done}.
 */
public final class Deeds {
  static final String DONE = "done";
  private static final String ASKED = "asked";
  private static final String TROUBLE = "trouble";

  private static final Trouble UNFINISHED =
      Trouble.of(
          "Le formulaire est à compléter",
          "Rien n’est fait. Chaque champ à corriger dit ce qui lui manque.");
  public static final Trouble OTHERWISE =
      Trouble.of(
          "Ce n’est plus ce qui vous avait été montré",
          "Rien n’est fait : un champ, ou ce que le registre en sait, a changé depuis.",
          "Relisez ce que cela ferait maintenant, puis confirmez.");
  public static final Trouble OUTAGE =
      Trouble.of(
          "Le registre ne répond pas",
          "On ne sait pas si c’est fait. Confirmez de nouveau, tel quel : si ce l’est déjà, rien"
              + " n’est fait deux fois.");

  private final Seal seal;

  Deeds(Seal seal) {
    this.seal = seal;
  }

  /**
   * What stands before a person who is to confirm.
   *
   * @param shown what it has read
   */
  public record Asked(Effect effect, String shown, String seal, Entries form) {
    /** A field's value, as the second step sends it. */
    public String kept(Field field) {
      String value = form.value(field.name());
      return field.kind() == Field.Kind.FILE ? KeptFile.packed(value) : value;
    }
  }

  /** What an address leads to: shown where it is asked for, done step by step where it is sent. */
  String next(Sent sent, Step step, Model model) {
    return switch (step) {
      case Deed<?> deed when sent.posted() -> step(sent, deed, model);
      case Deed<?> deed -> form(sent, deed, model);
      case Deed.Done done -> over(sent, done);
    };
  }

  /** The form as proposed; where there is nothing to enter, at once what it will do. */
  <A> String form(Sent sent, Deed<A> deed, Model model) {
    Entries entries = Entries.proposing(deed.fields(), deed.proposed());
    return deed.fields().isEmpty()
        ? ask(sent, deed, entries, model)
        : show(sent, deed, entries, model);
  }

  /** Where there is nothing left to do: the form that leads there was opened or sent late. */
  String over(Sent sent, Deed.Done done) {
    sent.tell(done.words());
    return "redirect:" + done.page();
  }

  /** What was sent from the form, or from the question. */
  <A> String step(Sent sent, Deed<A> deed, Model model) {
    Entries entries = Entries.sent(deed.fields(), sent.key(), sent::value);
    if (sent.mends()) {
      return show(sent, deed, entries.untold(), model);
    }
    if (!entries.faulty()) {
      deed.together().apply(entries).forEach(entries::blame);
    }
    if (entries.faulty()) {
      return refuse(
          HttpServletResponse.SC_UNPROCESSABLE_CONTENT, UNFINISHED, sent, deed, entries, model);
    }
    try {
      Optional<Deed.Done> beside = deed.beside().apply(entries);
      if (beside.isPresent()) {
        return over(sent, beside.get());
      }
    } catch (Problem problem) {
      return refused(problem, sent, deed, entries, model);
    }
    if (!sent.confirms()) {
      return ask(sent, deed, entries, model);
    }
    return Seal.same(seal(sent, entries, sent.shown()), sent.seal())
        ? act(sent, deed, entries, model)
        : otherwise(sent, deed, entries, model);
  }

  private <A> String act(Sent sent, Deed<A> deed, Entries entries, Model model) {
    try {
      A foretold = answer(deed.operation().call(entries, true));
      Effect effect = deed.effect().apply(entries, foretold);
      if (effect.already()) {
        return done(sent, deed, foretold);
      }
      return Seal.same(seal.shown(effect), sent.shown())
          ? act(sent, deed, entries, effect, model)
          : otherwise(sent, deed, entries, model);
    } catch (Problem problem) {
      return refused(problem, sent, deed, entries, model);
    }
  }

  private <A> String act(Sent sent, Deed<A> deed, Entries entries, Effect effect, Model model) {
    try {
      return done(sent, deed, answer(deed.operation().call(entries, false)));
    } catch (LedgerStoppedException stopped) {
      // To send it again would not help: the page of the refusal says what does.
      throw stopped;
    } catch (LedgerUnavailableException _) {
      ask(sent, effect, entries, model);
      return refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, OUTAGE, sent, deed, entries, model);
    }
  }

  private <A> String done(Sent sent, Deed<A> deed, A answer) {
    return over(sent, deed.done().apply(answer));
  }

  private <A> String otherwise(Sent sent, Deed<A> deed, Entries entries, Model model) {
    String next = ask(sent, deed, entries, model);
    if (model.containsAttribute(ASKED)) {
      sent.answer(HttpServletResponse.SC_CONFLICT);
      model.addAttribute(TROUBLE, OTHERWISE);
    }
    return next;
  }

  private <A> String ask(Sent sent, Deed<A> deed, Entries entries, Model model) {
    try {
      A foretold = answer(deed.operation().call(entries, true));
      Effect effect = deed.effect().apply(entries, foretold);
      if (effect.already()) {
        return done(sent, deed, foretold);
      }
      ask(sent, effect, entries, model);
    } catch (Problem problem) {
      return refused(problem, sent, deed, entries, model);
    }
    return show(sent, deed, entries, model);
  }

  private void ask(Sent sent, Effect effect, Entries entries, Model model) {
    String shown = seal.shown(effect);
    model.addAttribute(ASKED, new Asked(effect, shown, seal(sent, entries, shown), entries));
  }

  private <A> String refused(
      Problem problem, Sent sent, Deed<A> deed, Entries entries, Model model) {
    if (problem.code().equals("NOT_FOUND")) {
      throw problem;
    }
    Trouble trouble = RefusalWords.of(problem);
    problem.faults().forEach(fault -> entries.blame(fault.field(), trouble.title() + "."));
    return refuse(problem.status(), trouble, sent, deed, entries, model);
  }

  /** For an act that is no deed, since it answers with a file: the page says why not. */
  public static String refuse(Sent sent, Problem problem, String view, Model model) {
    sent.answer(problem.status());
    model.addAttribute(TROUBLE, RefusalWords.of(problem));
    return view;
  }

  private <A> String refuse(
      int status, Trouble trouble, Sent sent, Deed<A> deed, Entries entries, Model model) {
    sent.answer(status);
    model.addAttribute(TROUBLE, trouble);
    return show(sent, deed, entries, model);
  }

  private static <A> String show(Sent sent, Deed<A> deed, Entries entries, Model model) {
    model.addAttribute("form", entries);
    model.addAttribute("address", sent.address());
    return deed.view();
  }

  private String seal(Sent sent, Entries entries, String shown) {
    return seal.of(sent.by().account(), sent.address(), entries, shown);
  }

  private static <A> A answer(ResponseEntity<A> answered) {
    return Objects.requireNonNull(answered.getBody());
  }
}
