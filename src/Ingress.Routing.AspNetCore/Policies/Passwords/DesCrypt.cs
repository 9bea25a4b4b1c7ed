namespace Ingress.Routing.AspNetCore.Passwords;

/// <summary>The oldest hash of <c>crypt</c>: zeros, encrypted 25 times by a DES that the salt changes, with the password as the key.</summary>
/// <remarks>Bit by bit, as the standard describes it (FIPS 46-3): .NET's DES takes no salt. Bits are counted from 1, as in the tables there.</remarks>
internal static class DesCrypt
{
    private const int Rounds = 16;

    private static readonly byte[] s_initial =
    [
        58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4,
        62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
        57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3,
        61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
    ];

    private static readonly byte[] s_final =
    [
        40, 8, 48, 16, 56, 24, 64, 32, 39, 7, 47, 15, 55, 23, 63, 31,
        38, 6, 46, 14, 54, 22, 62, 30, 37, 5, 45, 13, 53, 21, 61, 29,
        36, 4, 44, 12, 52, 20, 60, 28, 35, 3, 43, 11, 51, 19, 59, 27,
        34, 2, 42, 10, 50, 18, 58, 26, 33, 1, 41, 9, 49, 17, 57, 25,
    ];

    private static readonly byte[] s_keyBits =
    [
        57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2,
        59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55, 47, 39,
        31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37,
        29, 21, 13, 5, 28, 20, 12, 4,
    ];

    private static readonly byte[] s_roundKeyBits =
    [
        14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4,
        26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30, 40,
        51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
    ];

    private static readonly byte[] s_shifts = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];

    private static readonly byte[] s_expansion =
    [
        32, 1, 2, 3, 4, 5, 4, 5, 6, 7, 8, 9, 8, 9, 10, 11,
        12, 13, 12, 13, 14, 15, 16, 17, 16, 17, 18, 19, 20, 21, 20, 21,
        22, 23, 24, 25, 24, 25, 26, 27, 28, 29, 28, 29, 30, 31, 32, 1,
    ];

    private static readonly byte[] s_permutation =
    [
        16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10,
        2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
    ];

    private static readonly byte[][] s_boxes =
    [
        [
            14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7,
            0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8,
            4, 1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0,
            15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13,
        ],
        [
            15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10,
            3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5,
            0, 14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15,
            13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9,
        ],
        [
            10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8,
            13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1,
            13, 6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7,
            1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12,
        ],
        [
            7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15,
            13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9,
            10, 6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4,
            3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14,
        ],
        [
            2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9,
            14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6,
            4, 2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14,
            11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3,
        ],
        [
            12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11,
            10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8,
            9, 14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6,
            4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13,
        ],
        [
            4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1,
            13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6,
            1, 4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2,
            6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12,
        ],
        [
            13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7,
            1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2,
            7, 11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8,
            2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11,
        ],
    ];

    /// <summary>What follows the two characters of the salt in a hash. Eight bytes of the password count.</summary>
    public static string Digest(ReadOnlySpan<byte> password, string salt)
    {
        var keys = KeysOf(password);
        var expansion = ExpansionFor(salt);
        var block = new byte[66]; // two bits more than a block, for the eleventh digit
        for (var i = 0; i < 25; i++)
        {
            Encrypt(block, keys, expansion);
        }

        Span<char> text = stackalloc char[11];
        for (var i = 0; i < text.Length; i++)
        {
            var digit = 0;
            for (var j = 0; j < 6; j++)
            {
                digit = (digit << 1) | block[(6 * i) + j];
            }

            var length = i;
            CryptDigits.Append(text, ref length, 0, 0, digit, 1);
        }

        return text.ToString();
    }

    private static byte[][] KeysOf(ReadOnlySpan<byte> password)
    {
        var key = new byte[64];
        for (var i = 0; i < Math.Min(password.Length, 8) && password[i] != 0; i++)
        {
            for (var j = 0; j < 7; j++)
            {
                key[(8 * i) + j] = (byte)((password[i] >> (6 - j)) & 1);
            }
        }

        var bits = Select(key, s_keyBits);
        var keys = new byte[Rounds][];
        for (var round = 0; round < Rounds; round++)
        {
            for (var shift = 0; shift < s_shifts[round]; shift++)
            {
                var (left, right) = (bits[0], bits[28]);
                Array.Copy(bits, 1, bits, 0, 27);
                Array.Copy(bits, 29, bits, 28, 27);
                (bits[27], bits[55]) = (left, right);
            }

            keys[round] = Select(bits, s_roundKeyBits);
        }

        return keys;
    }

    private static byte[] ExpansionFor(string salt)
    {
        var expansion = s_expansion.ToArray();
        for (var i = 0; i < 2; i++)
        {
            var bits = ValueOf(salt[i]);
            for (var j = 0; j < 6; j++)
            {
                if (((bits >> j) & 1) != 0)
                {
                    (expansion[(6 * i) + j], expansion[(6 * i) + j + 24]) = (expansion[(6 * i) + j + 24], expansion[(6 * i) + j]);
                }
            }
        }

        return expansion;
    }

    private static int ValueOf(char digit) => digit switch
    {
        >= 'a' => digit - 'a' + 38,
        >= 'A' => digit - 'A' + 12,
        _ => digit - '.',
    };

    private static void Encrypt(byte[] block, byte[][] keys, byte[] expansion)
    {
        var bits = Select(block, s_initial);
        var (left, right) = (bits[..32], bits[32..]);
        foreach (var key in keys)
        {
            var expanded = Select(right, expansion);
            var output = new byte[32];
            for (var box = 0; box < 8; box++)
            {
                var at = 6 * box;
                var index = 0;
                foreach (var bit in (ReadOnlySpan<int>)[0, 5, 1, 2, 3, 4])
                {
                    index = (index << 1) | (expanded[at + bit] ^ key[at + bit]);
                }

                for (var i = 0; i < 4; i++)
                {
                    output[(4 * box) + i] = (byte)((s_boxes[box][index] >> (3 - i)) & 1);
                }
            }

            var next = Select(output, s_permutation);
            for (var i = 0; i < next.Length; i++)
            {
                next[i] ^= left[i];
            }

            (left, right) = (right, next);
        }

        Select([.. right, .. left], s_final).CopyTo(block, 0);
    }

    private static byte[] Select(byte[] bits, byte[] places) => Array.ConvertAll(places, place => bits[place - 1]);
}
