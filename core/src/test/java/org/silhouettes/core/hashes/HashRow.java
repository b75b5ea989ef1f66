package org.silhouettes.core.hashes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.silhouettes.core.drift.AdwinSettings;
import org.silhouettes.core.drift.DriftAction;
import org.silhouettes.core.drift.DriftDetector;
import org.silhouettes.core.drift.DriftResponse;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.drift.PageHinkleySettings;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.initialisation.Features;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.organisation.GroupGrowthSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.settings.Choices;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.LinalgBackend;

/** One row of the table: a stream, every setting of its learner, and what comes of it. No setting has a default. */
record HashRow(JsonNode json) {

    String name() {
        return json.required("name").textValue();
    }

    /** Whether the row belongs to the short list. */
    boolean isShort() {
        return json.required("short").booleanValue();
    }

    boolean isMnist() {
        return json.required("data").has("mnist");
    }

    String expected() {
        return json.required("outcome").toString();
    }

    ImageShape shape() {
        JsonNode data = json.required("data");
        return isMnist()
                ? new ImageShape(28, 28, 1)
                : new ImageShape(integer(data, "height"), integer(data, "width"), integer(data, "channels"));
    }

    List<StreamImage> stream() throws IOException {
        JsonNode data = json.required("data");
        return isMnist() ? MnistImages.first(integer(data, "mnist")) : GeneratedImages.of(data);
    }

    LearnerSettings settings() {
        JsonNode model = json.required("model");
        return new LearnerSettings(
                integer(model, "groups"),
                integer(model, "groupSize"),
                encoder(json.required("encoder")),
                update(json.required("update")),
                initialisation(json.required("initialisation")),
                organisation(json.required("organisation")),
                integer(model, "batch"),
                integer(model, "seed"));
    }

    private static EncoderSettings encoder(JsonNode of) {
        return new EncoderSettings(
                number(of, "lambda"),
                number(of, "step"),
                choice(StepRule.class, of, "stepRule"),
                integer(of, "layers"),
                choice(Unrolling.class, of, "unrolling"),
                choice(Shrinkage.class, of, "shrinkage"),
                choice(LinalgBackend.class, of, "backend"));
    }

    private static UpdateSettings update(JsonNode of) {
        return new UpdateSettings(
                choice(UpdateRule.class, of, "rule"),
                number(of, "learningRate"),
                number(of, "beta1"),
                number(of, "beta2"),
                number(of, "epsilon"),
                number(of, "rho"),
                number(of, "forgetting"),
                number(of, "usageForgetting"));
    }

    private static InitialisationSettings initialisation(JsonNode of) {
        return new InitialisationSettings(
                choice(Initialisation.class, of, "method"),
                integer(of, "warmUpImages"),
                choice(Features.class, of, "features"));
    }

    private static OrganisationSettings organisation(JsonNode of) {
        return new OrganisationSettings(
                number(of, "guidance"),
                number(of, "temperature"),
                number(of, "lambdaGrowth"),
                integer(of, "reviveAfter"),
                new GroupGrowthSettings(number(of, "strangers"), integer(of, "gather"), integer(of, "mostGroups")));
    }

    DriftSettings drift() {
        JsonNode of = json.required("drift");
        return new DriftSettings(
                choice(DriftDetector.class, of, "detector"),
                choice(DriftAction.class, of, "action"),
                new PageHinkleySettings(number(of, "threshold"), number(of, "tolerance")),
                new AdwinSettings(number(of, "delta"), number(of, "minIncrease")),
                new DriftResponse(
                        integer(of, "updates"),
                        number(of, "boost"),
                        number(of, "forgetting"),
                        integer(of, "reviveAfter")));
    }

    private static int integer(JsonNode of, String name) {
        return of.required(name).intValue();
    }

    private static double number(JsonNode of, String name) {
        return of.required(name).doubleValue();
    }

    private static <E extends Enum<E>> E choice(Class<E> of, JsonNode node, String name) {
        return Choices.parse(
                        of,
                        node.required(name).textValue().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElseThrow();
    }

    @Override
    public String toString() {
        return name();
    }
}
