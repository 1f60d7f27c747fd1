"""Phrases of not-found pages."""

from __future__ import annotations

from linkcheck.pages.vocabulary import phrases, words

MISSING = phrases("""
404|404error|error404|404页|http 404|e404|410 gone|page 404|error 404|404 error|404 page|fehler 404|404 fehler|erreur 404
|404 erreur|errore 404|404 errore|erro 404|404 erro|fout 404|404 fout|błąd 404|404 błąd|404 ошибка
|hata 404|404 hata|chyba 404|404 chyba|fel 404|404 fel|エラー404|404エラー|404 エラー|에러 404|404 에러|404에러|오류 404|404 오류
|404 錯誤
|not found|notfound|page not found|can't be found|can not be found|cannot be found|could not be found
|couldn't be found|wasn't found|was not found|no longer be found|does not exist|doesn't exist|do not exist|don't exist
|no longer exists|not exist|no longer exist|non-existent page|nonexistent page|is no longer available
|no longer available|isn't available|is not available|not available|is unavailable|page unavailable
|content unavailable|video unavailable|nothing found|nothing was found|nothing here|nothing to see here|could not find
|couldn't find|can't find|cannot find|can not find|didn't find|did not find|unable to find|unable to locate
|missing page|page missing|page is missing|page isn't here|isn't here|is not here|no such page|no such file
|no such file or directory|page has been removed|has been removed|has been deleted|was removed|was deleted
|page has moved or|broken link|dead link|page gone|is gone|page deleted|page expired|page removed|invalid page
|page error|lost in space|you seem lost|looks like you're lost|are you lost|no results found|no page found
|we lost this page|page lost|wrong address|wrong turn|took a wrong turn
|can't seem to find|cannot seem to find|couldn't seem to find|can't quite find|couldn't quite find|weren't able to find
|were not able to find|aren't able to find|was unable to find|couldn't locate|could not locate|can't locate
|cannot locate|could not be located|cannot be located|couldn't be located|can't be located|could not be reached
|obsolete link|outdated link|stale link|old link|bad link|invalid link|invalid url|invalid address|link is broken
|link may be broken|link is dead|link is obsolete|link has expired|link is outdated
|wandered off|has wandered off|run away|ran away|gone missing|went missing|has gone missing|has vanished|has disappeared
|is missing|no longer here|not here anymore|isn't here anymore|is no longer here|no longer lives here
|no longer at this address|lives at this address|lives here|exists here|exists at this address|nothing lives here
|nothing lives at this address|nothing exists here|nothing at this address|nothing at this url|nothing under this address
|never existed|does not seem to exist|doesn't seem to exist|doesn't appear to exist|not exist anymore
|no longer active|has been archived or deleted
|nicht gefunden|nicht gefunden werden|existiert nicht|existiert nicht mehr|existiert leider nicht|nicht vorhanden
|nicht mehr verfügbar|nicht verfügbar|leider nicht verfügbar|leider nicht gefunden|nichts gefunden|gibt es nicht
|gibt es nicht mehr|gibt es leider nicht|nicht finden|wurde gelöscht|wurde entfernt|nicht mehr vorhanden
|fehlende seite|ungültige seite|nicht auffindbar|veralteter link|toter link|defekter link|ungültiger link
|ungültige adresse|ist verschwunden|nicht mehr gefunden|konnten wir nicht finden|nicht gefunden haben
|nicht erreichbar unter
|introuvable|non trouvée|non trouvé|pas trouvée|pas trouvé|pas été trouvée|pas été trouvé|n'existe pas|n'existe plus
|existe pas|existe plus|n'est plus disponible|n'est pas disponible|plus disponible|pas disponible|inexistante
|inexistant|aucun résultat|rien trouvé|a été supprimée|a été supprimé|impossible de trouver|est manquante|page perdue
|lien obsolète|lien mort|lien brisé|lien cassé|lien invalide|lien périmé|n'avons pas trouvé|ne trouvons pas
|n'arrivons pas à trouver|ne parvenons pas à trouver|n'a pas pu être trouvée|a disparu|n'existe pas ou plus
|no encontrada|no encontrado|no se encontró|no se encuentra|no se ha encontrado|no se ha podido encontrar|no existe
|ya no existe|no está disponible|ya no está disponible|no disponible|no encontramos|no hemos encontrado
|no pudimos encontrar|inexistente|nada encontrado|ha sido eliminada|fue eliminada|no se pudo encontrar
|no podemos encontrar|enlace roto|enlace obsoleto|enlace caducado|enlace no válido|ha desaparecido
|no fue encontrada|no fue encontrado|no ha sido encontrada
|non trovata|non trovato|non è stata trovata|non è stato trovato|non esiste|non esiste più|inesistente|non disponibile
|non è disponibile|non è più disponibile|più disponibile|impossibile trovare|nessun risultato|è stata rimossa
|è stata eliminata|non troviamo|non abbiamo trovato|non riusciamo a trovare|link interrotto|link non valido
|link obsoleto|collegamento interrotto|non è presente|è scomparsa|non è raggiungibile
|não encontrada|não encontrado|não foi encontrada|não foi encontrado|não existe|não existe mais|já não existe
|inexistente|não está disponível|não está mais disponível|indisponível|não disponível|não encontramos
|não foi possível encontrar|nada encontrado|foi removida|foi excluída|não conseguimos encontrar|link quebrado
|link inválido|link obsoleto|link expirado|não pôde ser encontrada|não pode ser encontrada|não achamos|desapareceu
|niet gevonden|niet worden gevonden|niet gevonden worden|bestaat niet|bestaat niet meer|niet beschikbaar
|niet langer beschikbaar|niet meer beschikbaar|niets gevonden|niet vinden|is verwijderd|werd niet gevonden
|verouderde link|dode link|gebroken link|kapotte link|is verdwenen|kan niet gevonden worden|kon niet gevonden worden
|nie znaleziono|nie została znaleziona|nie została odnaleziona|nie istnieje|już nie istnieje|niedostępna
|nie odnaleziono|nie ma takiej strony|brak strony|została usunięta|nie możemy znaleźć|nie można odnaleźć
|nie można znaleźć|nieaktualny link|niedziałający link|martwy link|nie mogliśmy znaleźć|nie udało się znaleźć
|не найдена|не найден|не найдено|не существует|больше не существует|не обнаружена|не обнаружено|недоступна|удалена
|нет такой страницы|такой страницы нет|страницы нет|ничего не найдено|не нашли|не удалось найти|была удалена
|отсутствует|не можем найти|не смогли найти|устаревшая ссылка|неверная ссылка|битая ссылка|неработающая ссылка
|неверный адрес|не существовало|нет на сайте
|bulunamadı|bulunamıyor|mevcut değil|bulunmuyor|bulunmamaktadır|böyle bir sayfa yok|sayfa yok|artık yok|kaldırıldı
|kaldırılmış|silinmiş|bulamadık|bulamıyoruz|geçersiz bağlantı|bozuk bağlantı|eski bağlantı
|nenalezena|nenalezeno|nebyla nalezena|neexistuje|nenašli jsme
|hittades inte|kunde inte hittas|finns inte|finns inte längre|ikke fundet|findes ikke|ikke funnet|finnes ikke
|ei löytynyt
|не знайдено|не знайдена|не існує
|nu a fost găsită|nu a fost găsit|nu există|nu a fost gasita
|nem található|nem létezik
|δεν βρέθηκε|δεν υπάρχει
|tidak ditemukan|tidak tersedia|tidak ada|không tìm thấy|không tồn tại
|页面不存在|页面未找到|找不到页面|找不到该页|找不到网页|未找到页面|页面找不到|页面没有找到|没有找到|未找到|找不到
|不存在|已被删除|已删除|已失效|页面走丢|页面丢失|无法找到|無法找到|頁面不存在|找不到頁面|找不到網頁|頁面未找到
|已被刪除|已經不存在|走丢了|飞走了|迷路了|无法访问的页面|出错啦|页面飞走|链接已失效|链接失效|失效链接|连结失效|連結失效|連結已失效
|不見了|不见了|沒有找到|网页不存在
|見つかりません|見つかりませんでした|みつかりません|みつかりませんでした|存在しません|存在しない|がありません|ページはありません|ファイルはありません|記事はありません
|お探しのページ|削除されました|ページが見つから|見当たりません|ページがありません|ご指定のページ
|見つけることができません|見つけられません|ページは削除|ページは存在しません|リンク切れ|お探しの情報|公開を終了|ページが存在しない
|ページは見つかりません|該当するページ|存在しなく|無効なurl
|찾을 수 없습니다|찾을 수 없음|찾을 수 없|존재하지 않는|존재하지 않습니다|없는 페이지|페이지가 없습니다|삭제되었
|삭제된 페이지|찾지 못했습니다|찾을 수가 없|존재하지않는|잘못된 주소|잘못된 경로|잘못된 링크|사라졌|없는 주소
|غير موجودة|غير موجود|לא נמצא|לא נמצאה|العثور على الصفحة|پیدا نشد|یافت نشد
|ไม่พบหน้า|ไม่พบ
""")
"""Phrases that say that a page doesn't exist."""

MISSING_FILLER = words("""
a an the this that it its it's i we us our you your you're are is was were be been being has have had can could may
might must does do did to of on in at for from by with or and but if as there here where so no not any just all also
page pages site sites website web file files document documents article articles content resource resources post posts
item entry object topic thread user profile project repository video image product account address url link links path
requested request requesting looking look looks seeking search searching searched trying tried try reach access wanted
want visit visiting followed follow clicked click typed entered like seems appears might may maybe perhaps probably
error errors http status code message server exception oops ooops oh ops uh uhoh whoops woops sorry hmm hm yikes damn
ouch dang snap apologies unfortunately home go back please check exist exists available moved removed deleted renamed
gone find found changed temporarily permanently longer anymore something went wrong bad invalid unknown default custom
nothing route hit just seem any more which somewhere
die der das diese dieser dieses dies ein eine einen seite webseite website inhalt datei dokument artikel beitrag
ressource adresse objekt produkt leider fehler fehlermeldung ups hoppla huch entschuldigung sorry wurde werden konnte
kann können ist sind war wir sie ihre ihnen von angeforderte angeforderten gewünschte gesuchte gesuchten aufgerufene
angegebene unter dieser auf dem server oder und verschoben gelöscht nicht mehr haben es tut uns leid zurück zur
startseite server internetseite
la le les l cette ce cet un une page site document fichier article contenu ressource adresse url demandée demandé
recherchée recherchez que vous cherchez est a été n'a n'est pas plus ou et sur ce serveur erreur oups désolé désolés
nous sommes retour accueil d' de du des qui semble malheureusement supprimée déplacée http
la el los las esta este un una página pagina sitio web documento archivo artículo contenido recurso dirección url
solicitada solicitado buscada que busca buscas está buscando estás ha sido es o y en este servidor error lo sentimos
ups vaya perdón de del al volver inicio se http
la il lo le questa questo una un pagina sito documento file articolo contenuto risorsa indirizzo url richiesta
richiesto cercata cercata che stai cercando cerchi è stata stato o e su questo server errore ops oops spiacenti siamo
ci dispiace di del della torna alla home http
a o os as esta este essa uma um página pagina site documento arquivo ficheiro artigo conteúdo recurso endereço url
solicitada solicitado procurada que você procura está procurando foi é ou e neste servidor erro desculpe ops opa
lamentamos de do da voltar início http
de het een deze dit pagina website site document bestand artikel inhoud adres url opgevraagde gevraagde gezochte die u
je zoekt zoekt is zijn werd kan kon of en op server fout foutmelding oeps sorry helaas terug naar home http meer
strona strony stronę ta ten tej plik dokument artykuł zasób adres url żądana szukana której szukasz została jest lub i
na serwerze błąd ups przepraszamy niestety podana http
страница страницы страницу страницей эта этот этой такой данная запрошенная запрашиваемая запрашиваемый искомая
которую вы ищете документ файл материал статья ресурс адрес по адресу была был было или и на сервере ошибка ой упс
извините к сожалению сожалению простите такая мы http
sayfa sayfası sayfayı bu aradığınız istenen istediğiniz içerik dosya adres hata üzgünüz maalesef ulaşmaya çalıştığınız
bir ve veya http ne yazık ki
stránka stránky chyba sidan siden sivua fel feil fejl sida tyvärr beklager сторінка сторінку помилка pagina eroare az
oldal hiba η σελίδα σφάλμα halaman maaf kesalahan trang lỗi rất tiếc الصفحة صفحة خطأ الصفحه שגיאה הדף עמוד צפحه صفحه
خطا مورد نظر
抱歉 很抱歉 对不起 對不起 您 你 访问 訪問 请求 請求 要 查找 寻找 的 该 此 页面 頁面 网页 網頁 文件 内容 內容 文章 地址
链接 错误 錯誤 错误页 出错 或 已 可能 页 頁 提示 了 啦 哎呀 哦 您所 您要 所 资源 是 被 删除 ページ お探しの 指定された
指定の リクエストされた ご指定の アクセス エラー 申し訳ございません 申し訳ありません が は を に の お URL 記事
ファイル サーバー 移動 または 削除 された 可能性 요청하신 요청한 페이지 페이지를 페이지가 찾으시는 오류 에러
죄송합니다 해당 을 를 이 가 은 는 หน้า ที่ คุณ ขออภัย
""")
"""Words that may accompany them without changing the meaning."""

PAGE_WORDS = phrases("""
page|pages|url|address|link|document|file|route|resource|post|article|content|location|path|site|website
|seite|webseite|internetseite|adresse|dokument|datei|beitrag|artikel|inhalt
|lien|contenu|fichier|página|pagina|dirección|enlace|documento|contenido|artículo|indirizzo|contenuto
|endereço|conteúdo|artigo|adres|document|bestand|pagina's|strona|strony|stronę|adresu|страница|страницы|страницу|страницей
|адрес|адресу|документ|материал|sayfa|sayfayı|sayfası|adres|bağlantı|stránka|stránku|sidan|sida|siden|sivua|sivu
|сторінка|сторінку|pagină|oldal|σελίδα|halaman|trang|الصفحة|צפחה|הדף|העמוד|صفحه
|页面|頁面|网页|網頁|页|頁|链接|連結|地址|文章|内容|ページ|アドレス|リンク|記事|コンテンツ|お探しの情報|페이지|주소|링크|게시물|문서|หน้า
""")
"""Words for what may be missing. A sentence in a text needs one."""
