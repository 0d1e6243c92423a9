package io.jwtrawl.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.Provider;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.testkit.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the classifier is to know, name by name.
class ScopeClaimsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "{'scope':'read:x write:x'}                            => write:x by scope",
                "{'scp':['read:x']}                                    => read:x by scp",
                "{'scopes':['read:x']}                                 => read:x by scopes",
                "{'roles':['admin']}                                   => admin by roles",
                "{'role':'admin'}                                      => admin by role",
                "{'permissions':['read:x']}                            => read:x by permissions",
                "{'groups':['ops']}                                    => ops by groups",
                "{'realm_access':{'roles':['admin']}}                  => admin by realm_access.roles",
                "{'resource_access':{'app':{'roles':['manager']}}}     => manager by resource_access.*.roles",
                "{'cognito:groups':['admins']}                         => admins by cognito:groups",
                "{'wids':['62e90394-69f5-4237-9190-012177145e10']}     => 62e90394-69f5-4237-9190-012177145e10 by wids",
                "{'authorities':[{'authority':'ROLE_ADMIN'}]}          => ROLE_ADMIN by authorities",
                "{'https://hasura.io/jwt/claims':{'x-hasura-allowed-roles':['admin']}} => admin by https://hasura.io/jwt/claims.x-hasura-allowed-roles",
                "{'admin':true,'firebase':{'sign_in_provider':'x'}}    => admin by admin",
                "{'https://app.example/roles':['editor']}              => editor by https://app.example/roles",
                "{'kubernetes.io':{'namespace':'prod','serviceaccount':{'name':'robot'}}} => kubernetes:serviceaccount:robot by kubernetes.io.serviceaccount.name",
                "{'kubernetes.io':{'namespace':'prod','serviceaccount':{'name':'robot'}}} => kubernetes:namespace:prod by kubernetes.io.namespace",
                "{'kubernetes.io/serviceaccount/service-account.name':'robot'} => kubernetes:serviceaccount:robot by kubernetes.io/serviceaccount/service-account.name",
                "{'repository':'octo/app'}                             => ci:repository:octo/app by repository",
                "{'project_path':'group/app'}                          => ci:project:group/app by project_path",
                "{'token_policies':['root']}                           => root by token_policies",
                "{'nats':{'pub':{'allow':['orders.>']}}}               => nats:pub:orders.> by nats.pub.allow",
            })
    void keepsWhichClaimGaveAScope(String claims, String expected) {
        String token = Tokens.signed(claims.replace('\'', '"'));
        assertThat(Judged.byDefault(token).exposure().grants())
                .extracting(grant -> grant.scope() + " by " + grant.claim())
                .contains(expected);
    }

    /// Those of the first list of providers whose tokens are JWTs or hold one, and can be told from others;
    /// `rules/README.md` names the rest.
    @Test
    void knowsTheProvidersThatItWasAskedFor() {
        assertThat(Judged.RULES.providers())
                .extracting(Provider::id)
                .contains(
                        ("kubernetes auth0 okta entra-id azure-ad-b2c google aws-cognito keycloak ping-identity"
                                        + " onelogin forgerock duende authentik zitadel supabase firebase hasura"
                                        + " clerk stytch workos github-actions gitlab circleci buildkite bitbucket"
                                        + " hashicorp-terraform hashicorp-vault hashicorp-nomad spiffe istio"
                                        + " cloudflare apple snowflake databricks zoom twilio vonage mapbox docker"
                                        + " jfrog sonatype atlassian slack bot-framework sentry grafana 1password"
                                        + " nats linkedin salesforce shopify teleport n8n portainer argo-cd harbor"
                                        + " gitea minio")
                                .split(" ", -1));
        List<TokenFamily> families =
                Judged.RULES.providers().stream()
                        .flatMap(provider -> provider.families().stream())
                        .toList();
        assertThat(families)
                .extracting(TokenFamily::id)
                .contains(
                        ("kubernetes-service-account-legacy kubernetes-service-account"
                                        + " kubernetes-eks-service-account kubernetes-gke-service-account"
                                        + " kubernetes-aks-service-account entra-id-v1-token"
                                        + " entra-id-v2-access-token microsoft-graph-token google-id-token"
                                        + " google-service-account-jwt google-iap supabase-anon"
                                        + " supabase-service-role firebase-id-token firebase-custom-token"
                                        + " apple-client-secret apple-app-store-connect docker-hub-token"
                                        + " docker-registry-token atlassian-connect-jwt atlassian-oauth-token")
                                .split(" ", -1));
        assertThat(families).allSatisfy(family -> assertThat(family.revoke()).isNotBlank());
    }
}
