using Bulwark.Cli.Settings;
using Bulwark.Defenses;
using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>Autoencoders of what each user touched.</summary>
internal static class BagKinds
{
    private const float MostKl = 0.2f;                       // β rises to it in so many steps
    private const int KlSteps = 2000;

    public static readonly ModelKind MultDae = Kind(
        "mult-dae", "A denoising autoencoder of what a user touched", (items, options) => new MultDae(items, options), BagObjectives.Multinomial);

    public static readonly ModelKind MultVae = Kind(
        "mult-vae", "A variational autoencoder of what a user touched", (items, options) => new MultVae(items, options),
        encoder => BagObjectives.Variational((MultVae)encoder, BagObjectives.Annealed(MostKl, KlSteps)));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [MultDae, MultVae];

    private static ModelKind Kind(
        string name, string summary, Func<int, AutoencoderOptions, IAutoencoder> create, Func<IAutoencoder, Objective<BagBatch>> objective)
    {
        var learning = Learning.Of(
            making => new BagModel(create(making.Train.ItemCount, Options(making.Settings)), making.Train.ByUser),
            (_, making, batch, rng) => new BagSource(making.Train, Math.Min(batch, making.Train.UserCount), rng), model => objective(model.Encoder),
            users: making => UserExamples.Bags(making.Train), hardenable: (model, _, plain) => new(plain) { Outputs = Outputs.Lists(model.Encoder) });
        return new(name, summary, "Liang et al. 2018", "interactions", learning)
        {
            Defaults = ModelKinds.With(
                (Known.Dimension, "200"), (Known.Dropout, "0.5"), (Known.Optimizer, "adam"), (Known.Rate, "0.001"), (Known.Batch, "200"), (Known.Epochs, "60")),
        };
    }

    /// <summary>The hidden layers are three times as wide as the code.</summary>
    private static AutoencoderOptions Options(Resolved settings) =>
        new(settings.Get(Known.Dimension), 3 * settings.Get(Known.Dimension), (float)settings.Get(Known.Dropout));
}
