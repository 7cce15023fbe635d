package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Nothing is served whose rule was forgotten: the application does not start. */
class RulesTest {
  private final WebApplicationContextRunner application =
      new WebApplicationContextRunner().withUserConfiguration(Mvc.class);

  @Test
  void withARuleForEveryEndpointItStarts() {
    application.withBean(Ruled.class).run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void anEndpointWithoutARuleStopsTheStart() {
    application
        .withBean(Ruled.class)
        .withBean(Forgotten.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasMessageContaining("[/api/forgotten] Forgotten.forgotten has no @Permit")
                    .hasMessageNotContaining("Ruled"));
  }

  @Test
  void aPageWithoutARuleStopsTheStart() {
    refused(Page.class, "[/page] Page.page has no @Permit");
  }

  @Test
  void anEndpointThatNamesItsOwnerInOneOfItsPathsOnlyStopsTheStart() {
    refused(TwoPaths.class, "is no path variable");
  }

  @Test
  void aPageThatIsNoMethodStopsTheStart() {
    refused(Views.class, "/view is a handler without methods");
    refused(Functions.class, "a router function");
    refused(Urls.class, "/raw is a handler without methods");
  }

  private void refused(Class<?> configuration, String message) {
    application
        .withUserConfiguration(configuration)
        .run(
            context ->
                assertThat(context.getStartupFailure()).isNotNull().hasMessageContaining(message));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebMvc
  static class Mvc {
    @Bean
    Rules rules(ObjectProvider<HandlerMapping> mappings) {
      return new Rules(mappings);
    }
  }

  @RestController
  static class Ruled {
    @GetMapping("/api/ruled")
    @Permit(Role.CLERK)
    String ruled() {
      return "";
    }
  }

  @RestController
  static class Forgotten {
    @GetMapping("/api/forgotten")
    String forgotten() {
      return "";
    }
  }

  @Controller
  static class Page {
    @GetMapping("/page")
    String page() {
      return "page";
    }
  }

  @RestController
  static class TwoPaths {
    @GetMapping({"/api/venues/{venueId}", "/api/me/venue"})
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    String venue(@PathVariable(required = false) String venueId) {
      return venueId;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Views implements WebMvcConfigurer {
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
      registry.addViewController("/view");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Functions {
    @Bean
    RouterFunction<ServerResponse> function() {
      return RouterFunctions.route().GET("/function", _ -> ServerResponse.ok().build()).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Urls {
    @Bean("/raw")
    HttpRequestHandler raw() {
      return (_, response) -> response.setStatus(200);
    }
  }
}
