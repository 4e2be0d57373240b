using Bulwark.Cli.Settings;
using Bulwark.Defenses;
using Bulwark.Models;
using Bulwark.Models.Convolutional;
using Bulwark.Models.Recurrent;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>The models of histories that the command can train.</summary>
internal static class SequenceKinds
{
    private const string Needs = "interactions with times, or in time order";
    private const int AttackedHistories = 1024;              // more would need much memory: every position of each has its rows

    public static readonly ModelKind SasRec = Kind(
        "sasrec", "Self-attention over a history", "Kang and McAuley 2018, SASRec",
        making => new SasRec(making.Train.ItemCount, new(
            making.Settings.Get(Known.Dimension), making.Settings.Get(Known.Blocks), making.Settings.Get(Known.Heads),
            making.Settings.Get(Known.Length), (float)making.Settings.Get(Known.Dropout))));

    public static readonly ModelKind Bert4Rec = Kind(
        "bert4rec", "A transformer that fills gaps in a history", "Sun et al. 2019, BERT4Rec",
        making => new Bert4Rec(making.Train.ItemCount, new(
            making.Settings.Get(Known.Dimension), making.Settings.Get(Known.Blocks), making.Settings.Get(Known.Heads),
            Math.Max(2, making.Settings.Get(Known.Length)), (float)making.Settings.Get(Known.Dropout))), (Known.Heads, "2"), (Known.Epochs, "150"));

    public static readonly ModelKind Gru4Rec = Kind(
        "gru4rec", "A recurrent network that walks a history", "Hidasi et al. 2016, GRU4Rec",
        making => new Gru4Rec(making.Train.ItemCount, new(
            making.Settings.Get(Known.Dimension), making.Settings.Get(Known.Length), (float)making.Settings.Get(Known.Dropout))));

    public static readonly ModelKind Caser = Kind(
        "caser", "Convolutions over the latest items, and the user", "Tang and Wang 2018, Caser",
        making => new Caser(making.Train.UserCount, making.Train.ItemCount, new(
            making.Settings.Get(Known.Dimension), Length: making.Settings.Get(Known.Length), Dropout: (float)making.Settings.Get(Known.Dropout))));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [SasRec, Bert4Rec, Gru4Rec, Caser];

    private static ModelKind Kind(string name, string summary, string paper, Func<Making, ISequenceEncoder> create, params (Setting, string)[] defaults) => new(
        name, summary, paper, Needs, Learning.Of(
            making => new SequenceModel(create(making), making.Train.ByUser), Batches,
            (model, making) => Objective(name, model.Encoder, making.Settings), AttackedHistories,
            hardenable: (model, making, plain) => Hardenable(name, model.Encoder, making.Settings, plain)))
    {
        LeastHistory = 2,
        Defaults = ModelKinds.With(
        [
            (Known.Dropout, "0.2"), (Known.Optimizer, "adam"), (Known.Rate, "0.001"), (Known.Batch, "128"), (Known.Epochs, "80"), (Known.Loss, "sampled"),
            (Known.Drawn, "512"), .. defaults,
        ]),
    };

    private static IBatchSource<SequenceBatch> Batches(SequenceModel model, Making making, int batch, Rng rng)
    {
        var (train, length, loss) = (making.Train, model.Encoder.Length, making.Settings.Get(Known.Loss));
        var drawn = loss is LossKind.Sampled or LossKind.BprMax ? making.Settings.Get(Known.Drawn) : 0;
        return model.Encoder.Cloze ? new ClozeSource(train, length, batch, rng, drawn: drawn)
            : new NextItemSource(train, length, batch, rng, loss == LossKind.Binary ? 1 : 0, drawn);
    }

    /// <summary>Labels are smoothed where all items are compared; the worst replacements are found by the loss that the model is trained with.</summary>
    private static Hardenable<SequenceBatch> Hardenable(string name, ISequenceEncoder encoder, Resolved settings, Objective<SequenceBatch> plain) => new(plain)
    {
        Outputs = Outputs.NextItems(encoder),
        Smoothed = settings.Get(Known.Loss) == LossKind.Full ? share => SequenceObjectives.CrossEntropy(encoder, share) : null,
        Replaced = (share, weight) => new WorstReplacements(encoder, share, weight).Harden(formula => Objective(name, formula, settings)),
    };

    /// <summary>Items that are hidden in a history come without an untouched one each.</summary>
    private static Objective<SequenceBatch> Objective(string name, ISequenceEncoder encoder, Resolved settings) => settings.Get(Known.Loss) switch
    {
        LossKind.Sampled => SequenceObjectives.SampledCrossEntropy(encoder),
        LossKind.Full => SequenceObjectives.CrossEntropy(encoder),
        LossKind.BprMax => SequenceObjectives.BprMax(encoder),
        LossKind.Binary when !encoder.Cloze => SequenceObjectives.Binary(encoder),
        _ => throw LossKinds.Misfit(
            name, settings, [LossKind.Sampled, LossKind.Full, LossKind.BprMax, .. encoder.Cloze ? (LossKind[])[] : [LossKind.Binary]]),
    };
}
