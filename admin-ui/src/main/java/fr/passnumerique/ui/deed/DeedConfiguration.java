package fr.passnumerique.ui.deed;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.vault.Vault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ViewNameMethodReturnValueHandler;

/** How pages act, put together. */
@Configuration(proxyBeanMethods = false)
public class DeedConfiguration {
  @Bean
  Seal seal(Vault vault) {
    return new Seal(vault::fingerprint);
  }

  @Bean
  Deeds deeds(Seal seal) {
    return new Deeds(seal);
  }

  @Bean
  WebMvcConfigurer actingPages(Deeds deeds) {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new SentArgument());
      }

      @Override
      public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.add(new LedThrough(deeds));
      }
    };
  }

  private static Sent sent(NativeWebRequest request) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    HttpServletRequest sent = request.getNativeRequest(HttpServletRequest.class);
    HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
    if (who == null
        || !(who.getPrincipal() instanceof Actor actor)
        || sent == null
        || response == null) {
      throw new AuthenticationCredentialsNotFoundException("nobody known");
    }
    return new Sent(actor, sent, response);
  }

  /** Gives a page what was {@link Sent} to it. */
  private static final class SentArgument implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Sent.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders) {
      return sent(request);
    }
  }

  /** Leads through what the method of a {@link DeedMapping} has said. */
  private static final class LedThrough implements HandlerMethodReturnValueHandler {
    private final ViewNameMethodReturnValueHandler pages = new ViewNameMethodReturnValueHandler();
    private final Deeds deeds;

    LedThrough(Deeds deeds) {
      this.deeds = deeds;
    }

    @Override
    public boolean supportsReturnType(MethodParameter type) {
      return Step.class.isAssignableFrom(type.getParameterType());
    }

    @Override
    public void handleReturnValue(
        @Nullable Object said,
        MethodParameter type,
        ModelAndViewContainer container,
        NativeWebRequest request)
        throws Exception {
      Model model = new ExtendedModelMap();
      String page = deeds.next(sent(request), (Step) Objects.requireNonNull(said), model);
      container.addAllAttributes(model.asMap());
      pages.handleReturnValue(page, type, container, request);
    }
  }
}
