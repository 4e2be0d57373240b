using Bulwark.Cli.Settings;
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
    private const int Drawn = 512;                           // items that a batch's wanted ones are compared with
    private const int AttackedHistories = 1024;              // more would need much memory: every position of each has its rows

    public static readonly ModelKind SasRec = Kind(
        "sasrec", "Self-attention over a history", "Kang and McAuley 2018, SASRec",
        making => new SasRec(making.Train.ItemCount, new(
            making.Settings.Get(Known.Dimension), Length: making.Settings.Get(Known.Length), Dropout: (float)making.Settings.Get(Known.Dropout))));

    public static readonly ModelKind Bert4Rec = Kind(
        "bert4rec", "A transformer that fills gaps in a history", "Sun et al. 2019, BERT4Rec",
        making => new Bert4Rec(making.Train.ItemCount, new(
            making.Settings.Get(Known.Dimension), Length: Math.Max(2, making.Settings.Get(Known.Length)), Dropout: (float)making.Settings.Get(Known.Dropout))));

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

    private static ModelKind Kind(string name, string summary, string paper, Func<Making, ISequenceEncoder> create) => new(
        name, summary, paper, Needs, Learning.Of(
            making => new SequenceModel(create(making), making.Train.ByUser), Batches, model => SequenceObjectives.SampledCrossEntropy(model.Encoder),
            AttackedHistories))
    {
        LeastHistory = 2,
        Defaults = ModelKinds.With(
            (Known.Dropout, "0.2"), (Known.Optimizer, "adam"), (Known.Rate, "0.001"), (Known.Batch, "128"), (Known.Epochs, "30")),
    };

    private static IBatchSource<SequenceBatch> Batches(SequenceModel model, Making making, int batch, Rng rng)
    {
        var (train, length) = (making.Train, model.Encoder.Length);
        return model.Encoder.Cloze ? new ClozeSource(train, length, batch, rng, drawn: Drawn) : new NextItemSource(train, length, batch, rng, 0, Drawn);
    }
}
