using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Convolutional;
using Bulwark.Models.Recurrent;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models;

/// <summary>A formula of histories with an objective it is trained with.</summary>
public sealed record SequenceCase(string Name, Func<int, int, int, ISequenceEncoder> Make, Func<ISequenceEncoder, Objective<SequenceBatch>> Objective)
{
    private const int Negatives = 2, Drawn = 8;

    /// <summary>What is enough for the generated shop: steps, the length of histories, the rate; no steps where so small a shop teaches it too little.</summary>
    public (int Steps, int Length, float Rate) Shop { get; init; }

    /// <summary>Each formula for users, items and a length, with different objectives.</summary>
    public static IReadOnlyList<SequenceCase> All { get; } =
    [
        new("SASRec, binary", (_, items, length) => new SasRec(items, new(16, Heads: 2, Length: length, Dropout: 0.1f)), SequenceObjectives.Binary)
        {
            Shop = (200, 10, 0.005f),
        },
        new("SASRec, cross-entropy", (_, items, length) => new SasRec(items, new(16, Length: length, Dropout: 0)), SequenceObjectives.CrossEntropy)
        {
            Shop = (100, 30, 0.002f),
        },
        new("BERT4Rec, cross-entropy",
            (_, items, length) => new Bert4Rec(items, new(16, Blocks: 1, Length: length, Dropout: 0.1f)), SequenceObjectives.CrossEntropy)
        {
            Shop = (150, 30, 0.002f),
        },
        new("GRU4Rec, sampled cross-entropy", (_, items, length) => new Gru4Rec(items, new(16, length, 0.1f)), SequenceObjectives.SampledCrossEntropy)
        {
            Shop = (300, 30, 0.002f),
        },
        new("GRU4Rec, BPR-max", (_, items, length) => new Gru4Rec(items, new(16, length, 0)), encoder => SequenceObjectives.BprMax(encoder, 0.01f))
        {
            Shop = (300, 30, 0.002f),
        },
        new("Caser, binary", (users, items, length) => new Caser(users, items, new(16, Window: 3, Dropout: 0.1f, Length: length)), SequenceObjectives.Binary)
        {
            Shop = (200, 10, 0.005f),
        },
    ];

    public override string ToString() => Name;

    /// <summary>The formula's batches.</summary>
    public static IBatchSource<SequenceBatch> Source(ISequenceEncoder encoder, Interactions train, int batch, ulong seed = 2) => encoder.Cloze
        ? new ClozeSource(train, encoder.Length, batch, new Rng(seed), 0.3, 0.3, Drawn)
        : new NextItemSource(train, encoder.Length, batch, new Rng(seed), Negatives, Drawn);

    /// <summary>Trains for so many steps, with Adam.</summary>
    public Trained Train(Interactions train, int steps, int length, float rate = 0.005f)
    {
        var encoder = Make(train.UserCount, train.ItemCount, length);
        var (model, source) = (new SequenceModel(encoder, train.ByUser), Source(encoder, train, 64));
        var trainer = new Trainer<SequenceBatch>(
            source, [new("all", Math.Max(1, steps / source.StepsPerEpoch), Objective(encoder))], new() { Rule = new Adam(rate), Ahead = false });
        var at = trainer.Run(model.Start(new Rng(3)), new Rng(4)).At;
        return new Trained(new PointRecommender(model, at, new Popularity(train.UserCount, train.ItemCounts())), model, at)
        {
            Slopes = LossSlope.Of(Objective(encoder), source),
        };
    }
}
