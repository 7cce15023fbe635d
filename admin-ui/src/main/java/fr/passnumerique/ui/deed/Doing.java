package fr.passnumerique.ui.deed;

import org.springframework.ui.Model;

/** What a page that holds nothing but its {@link Deed} says above it. */
public final class Doing {
  /** Its template. */
  public static final String VIEW = "deed";

  private Doing() {}

  /**
   * @param doing the title
   * @param what a line beneath: which thing it is about; empty if the title says it
   * @param back address of where who does nothing goes
   */
  public static void show(Model model, String doing, String what, String back) {
    model.addAttribute("doing", doing);
    model.addAttribute("what", what);
    model.addAttribute("back", back);
  }
}
