"""Terms of the pages on hijacked domains: betting, pills and pornography.

Only terms of such offers: words that a paper, a museum or a help page would also use (casino, betting, odds, addiction) are left out.
"""

from __future__ import annotations

from linkcheck.pages.vocabulary import phrases

GAMBLING = phrases("""
online casino|casino online|casino bonus|casino bonuses|live casino|crypto casino|casino games|best casino|casino site
|casino sites|no deposit bonus|free spins|welcome bonus
|deposit bonus|sports betting site|betting site|betting sites|betting tips|sportsbook|bookmaker bonus|online slots
|slot games|slot machine online|video slots|slots|jackpot
|jackpots|mega jackpot|real money|play poker online|online poker|poker online|live dealer|baccarat online
|online baccarat|roulette online|online roulette|1xbet|1win|mostbet
|pin-up casino|melbet|22bet|bet365|betway|parimatch|stake casino|sweepstakes casino|place your bets|bet now
|play now and win|big win|cashback bonus
|slot gacor|slot88|slot online|situs slot|situs judi|judi online|judi bola|judi slot|agen judi|agen slot|bandar togel
|togel|togel online|togel singapore|rtp slot|rtp live|maxwin
|gampang menang|anti rungkad|slot deposit|deposit pulsa|slot dana|link alternatif|daftar slot|daftar sekarang
|slot demo|pragmatic play|pg soft|sbobet|bandarqq|dominoqq|pkv games
|poker88|joker123|sabung ayam|slot resmi|slot terpercaya|situs resmi|bola88|mahjong ways|gates of olympus
|sweet bonanza|olympus1000|scatter hitam|zeus slot|bonus new member
|online-casino|online casino deutschland|casino ohne lizenz|casino ohne oasis|freispiele|willkommensbonus
|bonus ohne einzahlung|spielautomaten|echtgeld|sportwetten bonus|wettanbieter
|casino en ligne|casinos en ligne|bonus sans dépôt|tours gratuits|machines à sous|bonus de bienvenue
|paris sportifs en ligne|argent réel|meilleur casino
|casino en línea|casinos en línea|casinos online|apuestas deportivas|casa de apuestas|casas de apuestas|tragamonedas
|tragaperras|giros gratis|bono de bienvenida|bono sin depósito|dinero real
|casinò online|migliori casinò|scommesse sportive|siti scommesse|giri gratis|bonus senza deposito|slot machine gratis
|bonus di benvenuto|casino non aams
|cassino online|cassinos online|apostas esportivas|apostas desportivas|casa de apostas|caça-níqueis|rodadas grátis
|giros grátis|bônus de boas-vindas|jogo do tigrinho|fortune tiger|bônus sem depósito
|online gokken|gokkasten|gratis spins|casino zonder cruks|welkomstbonus|beste casino
|kasyno online|kasyna online|darmowe spiny|bonus bez depozytu|zakłady bukmacherskie|automaty do gry|bonus powitalny
|gry hazardowe online
|онлайн казино|онлайн-казино|казино онлайн|игровые автоматы|вулкан казино|казино вулкан|ставки на спорт
|букмекерская контора|бездепозитный бонус|фриспины|бонус за регистрацию|играть на деньги|пин ап казино|пинап
|джекпот|слоты|рабочее зеркало|зеркало казино|azino777|казино х
|deneme bonusu|deneme bonusu veren siteler|bahis siteleri|canlı bahis|kaçak bahis|canlı casino|casino siteleri
|güvenilir bahis|bedava bonus|slot siteleri|bonus veren siteler|yeni giriş adresi
|güncel giriş|illegal bahis|rulet oyna|bahis sitesi|çevrimsiz bonus
|nhà cái|cá cược|cá độ|nổ hũ|bắn cá|tài xỉu|casino trực tuyến|xóc đĩa|khuyến mãi nạp|đánh bài online|lô đề|kubet|w88
|fun88|789bet|hi88|jun88|shbet|new88
|赌场|线上赌场|网上赌场|真人赌场|博彩|博彩公司|网上博彩|在线博彩|彩票平台|彩票投注|时时彩|北京赛车|真人娱乐|真人视讯
|老虎机|百家乐|龙虎斗|体育投注|投注平台|澳门新葡京|新葡京|葡京|威尼斯人|金沙娱乐|银河娱乐|太阳城|永利娱乐|皇冠体育
|皇冠现金
|皇冠投注|亚博|开云体育|米兰体育|乐鱼体育|华体会|必威|足球投注|棋牌游戏|注册送|送彩金|娱乐城|娛樂城|線上娛樂城|六合彩
|香港六合彩|开奖结果|電子遊戲|百家樂|老虎機|博彩网|首存优惠|电子游艺|捕鱼|六合|投注
|オンラインカジノ|カジノボーナス|ベラジョンカジノ|入金不要ボーナス|フリースピン|ブックメーカー|オンカジ|スロットゲーム
|カジ旅|ライブカジノ
|카지노|카지노사이트|온라인카지노|바카라|바카라사이트|토토사이트|토토|먹튀|먹튀검증|슬롯사이트|사설토토|안전놀이터
|메이저사이트|스포츠토토|파워볼|우리카지노|온라인슬롯|꽁머니|가입머니
|สล็อต|สล็อตออนไลน์|บาคาร่า|คาสิโนออนไลน์|เว็บตรง|แทงบอล|พนันออนไลน์|ฝากถอน|เครดิตฟรี|หวยออนไลน์|แจกเครดิต
|สล็อตเว็บตรง|เว็บพนัน
|viagra|generic viagra|buy viagra|cialis|buy cialis|tadalafil online|sildenafil online|levitra|kamagra|no prescription
|without prescription|online pharmacy|canadian pharmacy|cheap pills|buy xanax
|buy tramadol|phentermine|buy modafinil|viagra kaufen|rezeptfrei kaufen|potenzmittel rezeptfrei|acheter viagra
|sans ordonnance|comprar viagra|sin receta|comprare viagra|senza ricetta|купить виагру|виагра
|дженерик|伟哥|威而鋼|犀利士|壮阳药|バイアグラ|비아그라|비아그라구매
|porn|porno|xxx|xxx videos|porn videos|free porn|sex videos|sex cams|live sex|adult cams|cam girls|nude girls|hentai
|milf|escort|escorts|escort service|call girls|hookup|escort bayan|eskort
|порно|порно видео|секс знакомства|проститутки|интим|эскорт услуги|sexfilme|pornos|sex treffen|films porno|plan cul
|videos porno|putas|film porno|seks filmy|sikiş|porno izle|phim sex
|成人视频|色情|成人电影|黄色网站|一级片|国产精品|日韩av|av在线|裸聊|約炮|エロ動画|無修正|アダルト動画|出会い系|야동
|성인용품|출장안마|오피사이트|출장마사지
""")
"""Such terms."""
