package fr.passnumerique.ui.deed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * Where a {@link Deed} is done. The method beneath says what it is and stands for both requests:
 * GET shows the form, POST is what was sent from it. So whom it permits is said once, too.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@RequestMapping(method = {RequestMethod.GET, RequestMethod.POST})
public @interface DeedMapping {
  @AliasFor(annotation = RequestMapping.class, attribute = "path")
  String[] value();
}
