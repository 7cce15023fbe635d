package fr.passnumerique.ui.deed;

import fr.passnumerique.ui.words.Trouble;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.ui.Model;

/** Puts a deed's steps into a model, as they would stand on its page. */
public final class ShownDeed {
  private ShownDeed() {}

  public static void blank(Model model, List<Field> fields, Map<String, String> proposed) {
    show(model, Entries.proposing(fields, proposed));
  }

  /** Sent, and refused by the form for whatever is wrong with it. */
  public static void refused(Model model, List<Field> fields, Map<String, String> typed) {
    refused(model, fields, _ -> Map.of(), typed);
  }

  /** The same, where fields that are well by themselves do not go together. */
  public static void refused(
      Model model,
      List<Field> fields,
      Function<Entries, Map<String, String>> together,
      Map<String, String> typed) {
    model.addAttribute(
        "trouble",
        Trouble.of(
            "Le formulaire est à compléter",
            "Rien n’est fait. Chaque champ à corriger dit ce qui lui manque."));
    Entries entries = sent(fields, typed);
    together.apply(entries).forEach(entries::blame);
    show(model, entries);
  }

  public static void asked(
      Model model, List<Field> fields, Map<String, String> typed, Effect effect) {
    Entries entries = sent(fields, typed);
    show(model, entries);
    model.addAttribute("asked", new Deeds.Asked(effect, "vu", "sceau", entries));
  }

  public static Entries sent(List<Field> fields, Map<String, String> typed) {
    return Entries.sent(fields, new UUID(0, 7), field -> typed.getOrDefault(field.name(), ""));
  }

  private static void show(Model model, Entries entries) {
    model.addAttribute("form", entries);
    model.addAttribute("address", "/specimen");
  }
}
