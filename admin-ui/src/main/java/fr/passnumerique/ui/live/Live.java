package fr.passnumerique.ui.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A page that renews itself while it stands open: what it shows is told by the ledger and its
 * projections. On a handler of GET that anybody may call again and again: not one that notes who
 * looked at what.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Live {
  /** It also shows what goes on without a fact, as a rebuild does: it is made anew each time. */
  boolean byItself() default false;
}
